"""What people are told: messages, their ways, and the events still to be told."""

import sqlalchemy as sa
from alembic import op

revision = '3a0000000001'
down_revision = '2a0000000001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('task_id', sa.Integer(), nullable=True),
    sa.Column('incident_id', sa.Integer(), nullable=True),
    sa.Column('record_id', sa.Uuid(), nullable=True),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('resident_id', sa.Integer(), nullable=True),
    sa.Column('notice_id', sa.Integer(), nullable=True),
    sa.Column('urgency', sa.String(length=8), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('tell_until', sa.DateTime(), nullable=False),
    sa.Column('next_at', sa.DateTime(), nullable=False),
    sa.Column('moved_at', sa.DateTime(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=True),
    sa.Column('read_at', sa.DateTime(), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('why', sa.String(length=60), nullable=False),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_messages_community_id_areas')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_messages_person_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages')),
    sa.UniqueConstraint('person_id', 'key', name=op.f('uq_messages_person_id_key')),
    sa.UniqueConstraint('uid', name=op.f('uq_messages_uid'))
    )
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_messages_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_messages_community_state', ['community_id', 'state', 'made_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_messages_incident_id'), ['incident_id'], unique=False)
        batch_op.create_index('ix_messages_next', ['state', 'next_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_messages_notice_id'), ['notice_id'], unique=False)
        batch_op.create_index('ix_messages_person_state', ['person_id', 'state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_messages_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_messages_task_id'), ['task_id'], unique=False)

    op.create_table('post_boxes',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('quiet_from', sa.Time(), nullable=True),
    sa.Column('quiet_to', sa.Time(), nullable=True),
    sa.Column('lease', sa.Uuid(), nullable=True),
    sa.Column('leased_until', sa.DateTime(), nullable=True),
    sa.Column('rang_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_post_boxes_person_id_users')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_post_boxes'))
    )
    op.create_table('deliveries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=8), nullable=False),
    sa.Column('target', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('batch', sa.Uuid(), nullable=True),
    sa.Column('lease', sa.Uuid(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lost', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.Column('arrived_at', sa.DateTime(), nullable=True),
    sa.Column('why', sa.String(length=200), nullable=False),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_deliveries_message_id_messages')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliveries')),
    sa.UniqueConstraint('message_id', 'channel', name=op.f('uq_deliveries_message_id_channel')),
    sa.UniqueConstraint('uid', name=op.f('uq_deliveries_uid'))
    )
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.create_index('ix_deliveries_batch', ['batch'], unique=False)

    with op.batch_alter_table('events', schema=None) as batch_op:
        # what has happened so far is old news
        batch_op.add_column(sa.Column('untold', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index('ix_events_untold', ['id'], unique=False, sqlite_where=sa.text('untold'), postgresql_where=sa.text('untold'))



def downgrade():
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_index('ix_events_untold', sqlite_where=sa.text('untold'), postgresql_where=sa.text('untold'))
        batch_op.drop_column('untold')

    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_index('ix_deliveries_batch')

    op.drop_table('deliveries')
    op.drop_table('post_boxes')
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_messages_task_id'))
        batch_op.drop_index(batch_op.f('ix_messages_record_id'))
        batch_op.drop_index('ix_messages_person_state')
        batch_op.drop_index(batch_op.f('ix_messages_notice_id'))
        batch_op.drop_index('ix_messages_next')
        batch_op.drop_index(batch_op.f('ix_messages_incident_id'))
        batch_op.drop_index('ix_messages_community_state')
        batch_op.drop_index(batch_op.f('ix_messages_case_id'))

    op.drop_table('messages')

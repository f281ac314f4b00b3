"""Work given out, notices, training cards and the files sent along."""

import sqlalchemy as sa
from alembic import op

revision = '5a0000000001'
down_revision = '4b0000000002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('assignment_templates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('how', sa.String(length=8), nullable=False),
    sa.Column('ids', sa.JSON(), nullable=False),
    sa.Column('asks', sa.String(length=24), nullable=False),
    sa.Column('due_clock', sa.String(length=5), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=True),
    sa.Column('building_id', sa.Integer(), nullable=True),
    sa.Column('rhythm', sa.String(length=10), nullable=False),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('name_sealed', sa.String(), nullable=True),
    sa.Column('words_sealed', sa.String(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['building_id'], ['buildings.id'], name=op.f('fk_assignment_templates_building_id_buildings')),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_assignment_templates_by_id_users')),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_assignment_templates_community_id_areas')),
    sa.ForeignKeyConstraint(['grid_id'], ['areas.id'], name=op.f('fk_assignment_templates_grid_id_areas')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_templates')),
    sa.UniqueConstraint('uid', name=op.f('uq_assignment_templates_uid'))
    )
    with op.batch_alter_table('assignment_templates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_templates_community_id'), ['community_id'], unique=False)

    op.create_table('notices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('how', sa.String(length=8), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=True),
    sa.Column('remind_at', sa.DateTime(), nullable=True),
    sa.Column('reminded_at', sa.DateTime(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.Column('title_sealed', sa.String(), nullable=True),
    sa.Column('words_sealed', sa.String(), nullable=True),
    sa.Column('link_sealed', sa.String(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_notices_by_id_users')),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_notices_community_id_areas')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notices')),
    sa.UniqueConstraint('uid', name=op.f('uq_notices_uid'))
    )
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.create_index('ix_notices_community', ['community_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notices_remind_at'), ['remind_at'], unique=False)

    op.create_table('training_readings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('training', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_training_readings_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_readings')),
    sa.UniqueConstraint('user_id', 'training', name=op.f('uq_training_readings_user_id_training'))
    )
    op.create_table('notice_readers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('notice_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('read_at', sa.DateTime(), nullable=True),
    sa.Column('reminded_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['notice_id'], ['notices.id'], name=op.f('fk_notice_readers_notice_id_notices')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notice_readers_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_readers')),
    sa.UniqueConstraint('notice_id', 'user_id', name=op.f('uq_notice_readers_notice_id_user_id'))
    )
    with op.batch_alter_table('notice_readers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_readers_user_id'), ['user_id'], unique=False)

    op.create_table('assignments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('how', sa.String(length=8), nullable=False),
    sa.Column('asks', sa.String(length=24), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=False),
    sa.Column('moved_from', sa.DateTime(), nullable=True),
    sa.Column('resident_id', sa.Integer(), nullable=True),
    sa.Column('incident_id', sa.Integer(), nullable=True),
    sa.Column('grid_id', sa.Integer(), nullable=True),
    sa.Column('building_id', sa.Integer(), nullable=True),
    sa.Column('template_id', sa.Integer(), nullable=True),
    sa.Column('for_day', sa.Date(), nullable=True),
    sa.Column('words_sealed', sa.String(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['building_id'], ['buildings.id'], name=op.f('fk_assignments_building_id_buildings')),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_assignments_by_id_users')),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_assignments_community_id_areas')),
    sa.ForeignKeyConstraint(['grid_id'], ['areas.id'], name=op.f('fk_assignments_grid_id_areas')),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_assignments_incident_id_incidents')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_assignments_resident_id_residents')),
    sa.ForeignKeyConstraint(['template_id'], ['assignment_templates.id'], name=op.f('fk_assignments_template_id_assignment_templates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignments')),
    sa.UniqueConstraint('template_id', 'for_day', name=op.f('uq_assignments_template_id_for_day')),
    sa.UniqueConstraint('uid', name=op.f('uq_assignments_uid'))
    )
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.create_index('ix_assignments_community', ['community_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignments_incident_id'), ['incident_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignments_resident_id'), ['resident_id'], unique=False)

    op.create_table('attachments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=True),
    sa.Column('notice_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('sha', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('name_sealed', sa.String(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_attachments_assignment_id_assignments')),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_attachments_by_id_users')),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_attachments_community_id_areas')),
    sa.ForeignKeyConstraint(['notice_id'], ['notices.id'], name=op.f('fk_attachments_notice_id_notices')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments')),
    sa.UniqueConstraint('uid', name=op.f('uq_attachments_uid'))
    )
    with op.batch_alter_table('attachments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachments_assignment_id'), ['assignment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachments_notice_id'), ['notice_id'], unique=False)

    op.create_table('assignment_shares',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('given_by_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=True),
    sa.Column('accepted_at', sa.DateTime(), nullable=True),
    sa.Column('record_id', sa.Uuid(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_assignment_shares_assignment_id_assignments')),
    sa.ForeignKeyConstraint(['given_by_id'], ['users.id'], name=op.f('fk_assignment_shares_given_by_id_users')),
    sa.ForeignKeyConstraint(['record_id'], ['records.id'], name=op.f('fk_assignment_shares_record_id_records')),
    sa.ForeignKeyConstraint(['task_id'], ['tasks.id'], name=op.f('fk_assignment_shares_task_id_tasks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_shares')),
    sa.UniqueConstraint('task_id', name=op.f('uq_assignment_shares_task_id')),
    sa.UniqueConstraint('uid', name=op.f('uq_assignment_shares_uid'))
    )
    with op.batch_alter_table('assignment_shares', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_shares_assignment_id'), ['assignment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_shares_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_shares_state'), ['state'], unique=False)

    op.create_table('assignment_steps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('share_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=12), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('to_id', sa.Integer(), nullable=True),
    sa.Column('until', sa.DateTime(), nullable=True),
    sa.Column('words_sealed', sa.String(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_assignment_steps_by_id_users')),
    sa.ForeignKeyConstraint(['share_id'], ['assignment_shares.id'], name=op.f('fk_assignment_steps_share_id_assignment_shares')),
    sa.ForeignKeyConstraint(['to_id'], ['users.id'], name=op.f('fk_assignment_steps_to_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_steps')),
    sa.UniqueConstraint('uid', name=op.f('uq_assignment_steps_uid'))
    )
    with op.batch_alter_table('assignment_steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_steps_share_id'), ['share_id'], unique=False)

    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.add_column(sa.Column('assignment_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('asks', sa.String(length=24), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('moved_from', sa.DateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_tasks_assignment_id'), ['assignment_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_tasks_assignment_id_assignments'), 'assignments', ['assignment_id'], ['id'])



def downgrade():
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_tasks_assignment_id_assignments'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_tasks_assignment_id'))
        batch_op.drop_column('moved_from')
        batch_op.drop_column('asks')
        batch_op.drop_column('assignment_id')

    with op.batch_alter_table('assignment_steps', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_steps_share_id'))

    op.drop_table('assignment_steps')
    with op.batch_alter_table('assignment_shares', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_shares_state'))
        batch_op.drop_index(batch_op.f('ix_assignment_shares_record_id'))
        batch_op.drop_index(batch_op.f('ix_assignment_shares_assignment_id'))

    op.drop_table('assignment_shares')
    with op.batch_alter_table('attachments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachments_notice_id'))
        batch_op.drop_index(batch_op.f('ix_attachments_assignment_id'))

    op.drop_table('attachments')
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignments_resident_id'))
        batch_op.drop_index(batch_op.f('ix_assignments_incident_id'))
        batch_op.drop_index('ix_assignments_community')

    op.drop_table('assignments')
    with op.batch_alter_table('notice_readers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_readers_user_id'))

    op.drop_table('notice_readers')
    op.drop_table('training_readings')
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notices_remind_at'))
        batch_op.drop_index('ix_notices_community')

    op.drop_table('notices')
    with op.batch_alter_table('assignment_templates', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_templates_community_id'))

    op.drop_table('assignment_templates')

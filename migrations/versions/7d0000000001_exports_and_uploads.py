"""Whole names on their way out, and batches for the city's platform."""

import sqlalchemy as sa
from alembic import op

revision = '7d0000000001'
down_revision = '7b0000000001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('exports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('road', sa.String(length=12), nullable=False),
    sa.Column('what', sa.JSON(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('made_at', sa.DateTime(), nullable=True),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('reason_sealed', sa.String(), nullable=True),
    sa.Column('answer_sealed', sa.String(), nullable=True),
    sa.Column('content_text_sealed', sa.String(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_exports_by_id_users')),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_exports_community_id_areas')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['users.id'], name=op.f('fk_exports_decided_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exports')),
    sa.UniqueConstraint('uid', name=op.f('uq_exports_uid'))
    )
    with op.batch_alter_table('exports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exports_by_id'), ['by_id'], unique=False)
        batch_op.create_index('ix_exports_community', ['community_id', 'id'], unique=False)
        batch_op.create_index('ix_exports_ends', ['state', 'ends_at'], unique=False)
    op.create_table('upload_batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('export_id', sa.Integer(), nullable=True),
    sa.Column('form_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('dropped_at', sa.DateTime(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_upload_batches_by_id_users')),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_upload_batches_community_id_areas')),
    sa.ForeignKeyConstraint(['export_id'], ['exports.id'], name=op.f('fk_upload_batches_export_id_exports')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['users.id'], name=op.f('fk_upload_batches_sent_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload_batches')),
    sa.UniqueConstraint('uid', name=op.f('uq_upload_batches_uid'))
    )
    with op.batch_alter_table('upload_batches', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_upload_batches_community_id'), ['community_id'], unique=False)
    op.create_table('upload_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('why_sealed', sa.String(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['upload_batches.id'], name=op.f('fk_upload_items_batch_id_upload_batches')),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_upload_items_community_id_areas')),
    sa.ForeignKeyConstraint(['record_id'], ['records.id'], name=op.f('fk_upload_items_record_id_records')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload_items')),
    sa.UniqueConstraint('batch_id', 'number', name=op.f('uq_upload_items_batch_id_number')),
    sa.UniqueConstraint('uid', name=op.f('uq_upload_items_uid'))
    )
    with op.batch_alter_table('upload_items', schema=None) as batch_op:
        batch_op.create_index('ix_upload_items_record', ['record_id', 'state'], unique=False)
        batch_op.create_index('ix_upload_items_community', ['community_id', 'state'], unique=False)
    with op.batch_alter_table('records', schema=None) as batch_op:
        batch_op.create_index('ix_records_kind', ['community_id', 'kind', 'at'], unique=False)


def downgrade():
    with op.batch_alter_table('records', schema=None) as batch_op:
        batch_op.drop_index('ix_records_kind')
    op.drop_table('upload_items')
    op.drop_table('upload_batches')
    op.drop_table('exports')

"""photos."""

import sqlalchemy as sa
from alembic import op

revision = '1a0000000001'
down_revision = '767789001fee'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('photos',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha', sa.String(length=64), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_photos_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photos')),
    sa.UniqueConstraint('sha', 'by_id', name=op.f('uq_photos_sha_by_id')),
    sa.UniqueConstraint('uid', name=op.f('uq_photos_uid'))
    )
    op.create_table('record_photos',
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('sha', sa.String(length=64), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_record_photos_by_id_users')),
    sa.PrimaryKeyConstraint('record_id', 'position', name=op.f('pk_record_photos'))
    )
    with op.batch_alter_table('record_photos', schema=None) as batch_op:
        batch_op.create_index('ix_record_photos_photo', ['sha', 'by_id'], unique=False)


def downgrade():
    with op.batch_alter_table('record_photos', schema=None) as batch_op:
        batch_op.drop_index('ix_record_photos_photo')

    op.drop_table('record_photos')
    op.drop_table('photos')

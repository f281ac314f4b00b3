"""former postings."""

import sqlalchemy as sa
from alembic import op

revision = '2a0000000001'
down_revision = '1a0000000002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('former_postings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=True),
    sa.Column('until', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['areas.id'], name=op.f('fk_former_postings_area_id_areas')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_former_postings_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_former_postings'))
    )
    with op.batch_alter_table('former_postings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_former_postings_user_id'), ['user_id'], unique=False)


def downgrade():
    with op.batch_alter_table('former_postings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_former_postings_user_id'))

    op.drop_table('former_postings')

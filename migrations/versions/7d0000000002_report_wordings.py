"""A community's own wording of its daily report."""

import sqlalchemy as sa
from alembic import op

revision = '7d0000000002'
down_revision = '8a0000000001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('report_wordings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('words_sealed', sa.String(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_report_wordings_by_id_users')),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_report_wordings_community_id_areas')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_wordings')),
    sa.UniqueConstraint('community_id', 'kind', name=op.f('uq_report_wordings_community_id_kind')),
    sa.UniqueConstraint('uid', name=op.f('uq_report_wordings_uid'))
    )


def downgrade():
    op.drop_table('report_wordings')

"""Blank forms of others, with how they are filled."""

import sqlalchemy as sa
from alembic import op

revision = '6a0000000001'
down_revision = '5a0000000001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('blank_forms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('ledger', sa.String(length=20), nullable=False),
    sa.Column('query', sa.String(length=400), nullable=False),
    sa.Column('layout', sa.JSON(), nullable=False),
    sa.Column('content_text_sealed', sa.String(), nullable=True),
    sa.Column('last_rows', sa.JSON(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('filled_at', sa.DateTime(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_blank_forms_by_id_users')),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_blank_forms_community_id_areas')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_blank_forms')),
    sa.UniqueConstraint('community_id', 'name', name=op.f('uq_blank_forms_community_id_name')),
    sa.UniqueConstraint('uid', name=op.f('uq_blank_forms_uid'))
    )


def downgrade():
    op.drop_table('blank_forms')

"""Shops, and how a sender's columns were matched."""

import sqlalchemy as sa
from alembic import op

revision = '8a0000000001'
down_revision = '7d0000000001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('column_matches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('sender', sa.String(length=60), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_column_matches_by_id_users')),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_column_matches_community_id_areas')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_column_matches')),
    sa.UniqueConstraint('community_id', 'kind', 'sender', name=op.f('uq_column_matches_community_id_kind_sender'))
    )
    op.create_table('shops',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('trade', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=120), nullable=False),
    sa.Column('credit', sa.String(length=18), nullable=False),
    sa.Column('keeper_sealed', sa.String(), nullable=True),
    sa.Column('phone_sealed', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_shops_community_id_areas')),
    sa.ForeignKeyConstraint(['grid_id'], ['areas.id'], name=op.f('fk_shops_grid_id_areas')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shops')),
    sa.UniqueConstraint('uid', name=op.f('uq_shops_uid'))
    )
    op.create_index('ix_shops_community', 'shops', ['community_id', 'credit'], unique=False)
    op.create_index('ix_shops_grid', 'shops', ['grid_id'], unique=False)


def downgrade():
    op.drop_table('shops')
    op.drop_table('column_matches')

"""robots."""

import sqlalchemy as sa
from alembic import op

revision = '4b0000000002'
down_revision = '3a0000000002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('robots',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('sort', sa.String(length=12), nullable=False),
    sa.Column('url_sealed', sa.String(), nullable=False),
    sa.Column('url_index', sa.String(length=32), nullable=False),
    sa.Column('secret_sealed', sa.String(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(), nullable=False),
    sa.Column('off_at', sa.DateTime(), nullable=True),
    sa.Column('tokens', sa.Double(), nullable=False),
    sa.Column('tokens_at', sa.DateTime(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=True),
    sa.Column('said', sa.String(length=60), nullable=False),
    sa.Column('said_at', sa.DateTime(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_robots_by_id_users')),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_robots_community_id_areas')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_robots')),
    sa.UniqueConstraint('community_id', 'url_index', name=op.f('uq_robots_community_id_url_index')),
    sa.UniqueConstraint('uid', name=op.f('uq_robots_uid'))
    )
    with op.batch_alter_table('robots', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_robots_community_id'), ['community_id'], unique=False)


def downgrade():
    with op.batch_alter_table('robots', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_robots_community_id'))

    op.drop_table('robots')

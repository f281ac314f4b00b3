"""packs."""

import sqlalchemy as sa
from alembic import op

revision = '1a0000000002'
down_revision = '1a0000000001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('packs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.String(length=120), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('digests', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_packs_session_id_sessions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_packs'))
    )
    with op.batch_alter_table('packs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_packs_session_id'), ['session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_packs_at'), ['at'], unique=False)


def downgrade():
    with op.batch_alter_table('packs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_packs_at'))
        batch_op.drop_index(batch_op.f('ix_packs_session_id'))

    op.drop_table('packs')

"""subscriptions."""

import sqlalchemy as sa
from alembic import op

revision = '4b0000000001'
down_revision = '3a0000000001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('subscriptions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('device_id', sa.Integer(), nullable=False),
    sa.Column('endpoint_sealed', sa.String(), nullable=False),
    sa.Column('endpoint_index', sa.String(length=32), nullable=False),
    sa.Column('p256dh_sealed', sa.String(), nullable=False),
    sa.Column('auth_sealed', sa.String(), nullable=False),
    sa.Column('began_at', sa.DateTime(), nullable=False),
    sa.Column('told_at', sa.DateTime(), nullable=False),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['devices.id'], name=op.f('fk_subscriptions_device_id_devices')),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_subscriptions_session_id_sessions')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_subscriptions_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscriptions')),
    sa.UniqueConstraint('endpoint_index', name=op.f('uq_subscriptions_endpoint_index')),
    sa.UniqueConstraint('uid', name=op.f('uq_subscriptions_uid'))
    )
    with op.batch_alter_table('subscriptions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_subscriptions_device_id'), ['device_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_subscriptions_session_id'), ['session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_subscriptions_told_at'), ['told_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_subscriptions_user_id'), ['user_id'], unique=False)

    with op.batch_alter_table('devices', schema=None) as batch_op:
        batch_op.add_column(sa.Column('push', sa.String(length=12), nullable=True))


def downgrade():
    with op.batch_alter_table('devices', schema=None) as batch_op:
        batch_op.drop_column('push')

    with op.batch_alter_table('subscriptions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_subscriptions_user_id'))
        batch_op.drop_index(batch_op.f('ix_subscriptions_told_at'))
        batch_op.drop_index(batch_op.f('ix_subscriptions_session_id'))
        batch_op.drop_index(batch_op.f('ix_subscriptions_device_id'))

    op.drop_table('subscriptions')

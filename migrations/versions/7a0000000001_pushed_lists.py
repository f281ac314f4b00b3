"""Lists that others send, their rows, and the checks that rows ask for."""

import sqlalchemy as sa
from alembic import op

revision = '7a0000000001'
down_revision = '6a0000000001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('pushed_lists',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('sender', sa.String(length=60), nullable=False),
    sa.Column('received_at', sa.DateTime(), nullable=False),
    sa.Column('deadline_at', sa.DateTime(), nullable=True),
    sa.Column('due_at', sa.DateTime(), nullable=False),
    sa.Column('rule', sa.String(length=80), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.Column('name_sealed', sa.String(), nullable=True),
    sa.Column('question_sealed', sa.String(), nullable=True),
    sa.Column('file_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('file_index', sa.String(length=32), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_pushed_lists_by_id_users')),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_pushed_lists_community_id_areas')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pushed_lists')),
    sa.UniqueConstraint('uid', name=op.f('uq_pushed_lists_uid'))
    )
    with op.batch_alter_table('pushed_lists', schema=None) as batch_op:
        batch_op.create_index('ix_pushed_lists_community', ['community_id', 'received_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_pushed_lists_file_index'), ['file_index'], unique=False)

    op.create_table('checks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=True),
    sa.Column('household_id', sa.Integer(), nullable=True),
    sa.Column('resident_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('outcome', sa.String(length=24), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('record_id', sa.Uuid(), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('tried', sa.JSON(), nullable=False),
    sa.Column('next_try_at', sa.DateTime(), nullable=True),
    sa.Column('next_way', sa.String(length=8), nullable=False),
    sa.Column('id_number_index', sa.String(length=32), nullable=True),
    sa.Column('person_index', sa.String(length=32), nullable=True),
    sa.Column('who_sealed', sa.String(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['areas.id'], name=op.f('fk_checks_community_id_areas')),
    sa.ForeignKeyConstraint(['grid_id'], ['areas.id'], name=op.f('fk_checks_grid_id_areas')),
    sa.ForeignKeyConstraint(['household_id'], ['households.id'], name=op.f('fk_checks_household_id_households')),
    sa.ForeignKeyConstraint(['record_id'], ['records.id'], name=op.f('fk_checks_record_id_records')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_checks_resident_id_residents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checks')),
    sa.UniqueConstraint('uid', name=op.f('uq_checks_uid'))
    )
    with op.batch_alter_table('checks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_checks_closed_at'), ['closed_at'], unique=False)
        batch_op.create_index('ix_checks_community_state', ['community_id', 'state'], unique=False)
        batch_op.create_index('ix_checks_grid_state', ['grid_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_checks_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_checks_id_number_index'), ['id_number_index'], unique=False)
        batch_op.create_index(batch_op.f('ix_checks_person_index'), ['person_index'], unique=False)
        batch_op.create_index(batch_op.f('ix_checks_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_checks_resident_id'), ['resident_id'], unique=False)

    op.create_table('list_rows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('sheet', sa.String(length=60), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.JSON(), nullable=True),
    sa.Column('resident_id', sa.Integer(), nullable=True),
    sa.Column('household_id', sa.Integer(), nullable=True),
    sa.Column('grid_id', sa.Integer(), nullable=True),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('check_id', sa.Integer(), nullable=True),
    sa.Column('record_id', sa.Uuid(), nullable=True),
    sa.Column('cells_sealed', sa.String(), nullable=True),
    sa.Column('understood_sealed', sa.String(), nullable=True),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_list_rows_case_id_cases')),
    sa.ForeignKeyConstraint(['check_id'], ['checks.id'], name=op.f('fk_list_rows_check_id_checks')),
    sa.ForeignKeyConstraint(['grid_id'], ['areas.id'], name=op.f('fk_list_rows_grid_id_areas')),
    sa.ForeignKeyConstraint(['household_id'], ['households.id'], name=op.f('fk_list_rows_household_id_households')),
    sa.ForeignKeyConstraint(['list_id'], ['pushed_lists.id'], name=op.f('fk_list_rows_list_id_pushed_lists')),
    sa.ForeignKeyConstraint(['record_id'], ['records.id'], name=op.f('fk_list_rows_record_id_records')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_list_rows_resident_id_residents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_rows')),
    sa.UniqueConstraint('uid', name=op.f('uq_list_rows_uid'))
    )
    with op.batch_alter_table('list_rows', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_list_rows_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_list_rows_check_id'), ['check_id'], unique=False)
        batch_op.create_index('ix_list_rows_list_state', ['list_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_list_rows_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_list_rows_resident_id'), ['resident_id'], unique=False)

    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.add_column(sa.Column('check_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_tasks_check_id'), ['check_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_tasks_check_id_checks'), 'checks', ['check_id'], ['id'])


def downgrade():
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_tasks_check_id_checks'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_tasks_check_id'))
        batch_op.drop_column('check_id')

    with op.batch_alter_table('list_rows', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_list_rows_resident_id'))
        batch_op.drop_index(batch_op.f('ix_list_rows_record_id'))
        batch_op.drop_index('ix_list_rows_list_state')
        batch_op.drop_index(batch_op.f('ix_list_rows_check_id'))
        batch_op.drop_index(batch_op.f('ix_list_rows_case_id'))

    op.drop_table('list_rows')
    with op.batch_alter_table('checks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_checks_resident_id'))
        batch_op.drop_index(batch_op.f('ix_checks_record_id'))
        batch_op.drop_index(batch_op.f('ix_checks_person_index'))
        batch_op.drop_index(batch_op.f('ix_checks_id_number_index'))
        batch_op.drop_index(batch_op.f('ix_checks_household_id'))
        batch_op.drop_index('ix_checks_grid_state')
        batch_op.drop_index('ix_checks_community_state')
        batch_op.drop_index(batch_op.f('ix_checks_closed_at'))

    op.drop_table('checks')
    with op.batch_alter_table('pushed_lists', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pushed_lists_file_index'))
        batch_op.drop_index('ix_pushed_lists_community')

    op.drop_table('pushed_lists')

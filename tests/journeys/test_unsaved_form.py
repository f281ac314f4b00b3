"""What was typed and not saved is there again after a closed tab; questions follow the answers."""

import pytest

from app.domain.records import Record
from app.lib.db import session

pytestmark = pytest.mark.browser


def test_a_closed_tab_loses_nothing(phone_of, cast):
    visit = f"/record/visit?resident={cast.elder.id}"
    phone = phone_of(cast.worker).open(visit)
    phone.chip("需要帮忙").chip("药品")
    with phone.page.expect_response("**/drafts/**"):
        phone.writes("备注", "降压药两盒")
    phone.page.close()
    phone.page = phone.page.context.new_page()
    phone.open(visit).sees("已恢复上次没存的内容")
    assert phone.page.get_by_label("备注").input_value() == "降压药两盒"
    assert phone.page.get_by_label("药品").is_checked()
    phone.button("保存").sees("已保存").sends()
    assert session.query(Record).filter_by(kind="visit").one().fields["note"] == "降压药两盒"
    phone.open(visit)
    assert phone.page.get_by_label("备注").input_value() == ""


def test_it_can_be_begun_anew(phone_of, cast):
    visit = f"/record/visit?resident={cast.elder.id}"
    phone = phone_of(cast.worker).open(visit)
    with phone.page.expect_response("**/drafts/**"):
        phone.writes("备注", "写错了")
    phone.open(visit).button("清空")
    assert phone.page.get_by_label("备注").input_value() == ""


def test_questions_follow_the_answers(phone_of, cast):
    phone = phone_of(cast.worker).open(f"/record/visit?resident={cast.elder.id}")
    needs = phone.page.get_by_text("需要什么")
    assert not needs.is_visible()
    phone.chip("需要帮忙")
    assert needs.is_visible()
    phone.chip("一切平安")
    assert not needs.is_visible()

"""Sentences that keep their values apart."""

from app.lib.words import Say, say


def test_a_sentence_is_said_with_its_values():
    assert str(say("第 %(n)s 次", n=2)) == "第 2 次"
    assert str(say("100% 完成")) == "100% 完成"


def test_it_is_stored_and_read_back():
    whole = say("现在还不能解除：%(why)s", why=say("还差 %(n)s 次。", n=1))
    again = Say.from_json(whole.as_json())
    assert again == whole
    assert str(again) == "现在还不能解除：还差 1 次。"

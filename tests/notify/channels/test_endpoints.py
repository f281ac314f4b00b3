"""Nobody makes this server speak to where it should not: sixty ways around the list are tried.

A listener on the loopback counts who comes. What is not refused when it is told must not
connect when it is used.
"""

import socket
import threading

import pytest

from app.domain.subscriptions import Address
from app.lib.refusal import Refused
from app.notify.channels import Parcel, endpoints, push
from tests.notify.channels.phones import phone
from tests.notify.channels.sink import Answer

PARCEL = Parcel("t", "您有 1 条新任务", "", "/")
GOOD = [
    "https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91b-_x",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABk",
    "https://wns2-by3p.notify.windows.com/w/?token=BQYAAAB%2fx",
    "https://web.push.apple.com/QGuQyavXutnMH",
    "https://fcm.googleapis.com:443/fcm/send/x",
]
LISTED = "fcm.googleapis.com"
WAYS_AROUND = [
    # other schemes, and none
    f"http://{LISTED}/x", f"HTTPS://{LISTED}/x", f"ftp://{LISTED}/x", f"//{LISTED}/x", LISTED,
    f"javascript://{LISTED}/%0aalert(1)", "file:///etc/passwd", f"https:{LISTED}/x", "", " ",
    f"gopher://{LISTED}:443/_x", "data:,x", f"https:/{LISTED}/x", f"https:///{LISTED}/x",
    # numbers in all their clothes
    "https://127.0.0.1:{port}/", "https://127.0.0.1/", "https://127.1:{port}/", "https://0:{port}/",
    "https://2130706433:{port}/", "https://0x7f000001:{port}/", "https://0x7f.1:{port}/",
    "https://017700000001:{port}/", "https://[::1]:{port}/", "https://[::ffff:127.0.0.1]:{port}/",
    "https://[::ffff:7f00:1]:{port}/", "https://[64:ff9b::7f00:1]:{port}/", "https://169.254.169.254/",
    "https://10.0.0.1/", "https://192.168.1.1/", "https://100.100.100.200/", "https://[fe80::1%25lo]/",
    "https://0.0.0.0:{port}/", "https://127。0。0。1:{port}/", "https://①②⑦.⓪.⓪.①:{port}/",
    # names that lead there, and names like the listed
    "https://localhost:{port}/", "https://localhost/", "https://localhost.localdomain:{port}/",
    "https://127.0.0.1.nip.io:{port}/", "https://metadata.google.internal/", "https://googleapis.com/x",
    "https://evil-fcm.googleapis.com.evil.cn/", f"https://{LISTED}.evil.cn/", f"https://x{LISTED}/",
    f"https://{LISTED}./x", f"https://.{LISTED}/x", "https://notify.windows.com/x",
    "https://xnotify.windows.com/x", "https://ｆcm.googleapis.com/x", f"https://x.{LISTED}/",
    # somebody else behind the listed
    f"https://{LISTED}@127.0.0.1:{{port}}/", f"https://{LISTED}:443@127.0.0.1:{{port}}/",
    f"https://127.0.0.1:{{port}}@{LISTED}/", f"https://user:pass@{LISTED}/", f"https://{LISTED}%40127.0.0.1/",
    f"https://{LISTED}\\@127.0.0.1:{{port}}/", f"https://127.0.0.1:{{port}}\\@{LISTED}/",
    f"https://127.0.0.1:{{port}}#@{LISTED}/", f"https://127.0.0.1:{{port}}?@{LISTED}/",
    f"https://127.0.0.1:{{port}}/{LISTED}", f"https://{LISTED}/#@127.0.0.1", f"https://{LISTED}/\\x",
    f"https://{LISTED}\t.evil.cn/", f"https://{LISTED}\n/x", f"https://{LISTED}/x\r\nHost: evil.cn",
    f"https://{LISTED} /x", f"\x00https://{LISTED}/x", f"https://{LISTED}/\u2028", f" https://{LISTED}/x",
    # other ports, and far too much
    f"https://{LISTED}:22/x", f"https://{LISTED}:8443/x", f"https://{LISTED}:0/x",
    f"https://{LISTED}:99999/x", f"https://{LISTED}:/x", f"https://{LISTED}:443:80/x",
    f"https://{LISTED}/" + "x" * 2000,
]  # fmt: skip
INSIDE = [
    "127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254",
    "100.64.1.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::",
    "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::",
    "2002:0a00:0001::", "2001:0:7f00:1::", "2001:db8::1", "fe80::1%lo", "no number",
]  # fmt: skip


@pytest.fixture
def listener():
    """The port of somebody on the loopback who counts who comes."""
    came = []
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        door.settimeout(0.1)
        over = threading.Event()
        thread = threading.Thread(target=_count, args=(door, came, over))
        thread.start()
        yield door.getsockname()[1], came
        over.set()
        thread.join()


def _count(door, came, over):
    while not over.is_set():
        try:
            came.append(door.accept()[1])
        except TimeoutError:
            continue


@pytest.mark.parametrize("address", GOOD)
def test_the_services_of_browsers_are_listed(app, address):
    assert endpoints.push_place(address).port == 443


def test_none_of_many_ways_around_the_list_leads_anywhere(app, listener):
    port, came = listener
    assert len(set(WAYS_AROUND)) >= 60
    addresses = [way.replace("{port}", str(port)) for way in WAYS_AROUND]
    for address in addresses:
        with pytest.raises(Refused, match="不是允许的推送服务"):
            endpoints.push_place(address)
    # and as rows that somebody wrote past that check
    stored = phone("https://x").address
    rows = [(Address(address, stored.p256dh, stored.auth), PARCEL) for address in addresses]
    assert {outcome.state for outcome in push.carry(rows)} == {"refused"}
    assert came == []


@pytest.mark.parametrize("number", INSIDE)
def test_a_number_inside_is_no_place_outside(number):
    assert not endpoints.is_outside(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_a_public_number_is_outside(number):
    assert endpoints.is_outside(number)


@pytest.mark.parametrize("numbers", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:127.0.0.1"]])
def test_a_listed_name_that_leads_inside_is_not_asked(app, monkeypatch, listener, numbers):
    """As after a change of its DNS between telling and using (rebinding)."""
    _port, came = listener
    found = [
        (socket.AF_INET6 if ":" in one else socket.AF_INET, 1, 6, "", (one, 443)) for one in numbers
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    (outcome,) = push.carry([(phone(GOOD[0]).address, PARCEL)])
    assert (outcome.state, outcome.why) == ("refused", "这个地址指向内部网络，没有发送。")
    assert came == []


def test_who_leads_elsewhere_is_not_followed(sink, listener):
    port, came = listener
    to = {"Location": f"http://127.0.0.1:{port}/latest/meta-data"}
    for status in (301, 302, 303, 307, 308):
        sink.answers = lambda _asked, status=status: Answer(status, to)
        (outcome,) = push.carry([(phone(f"{sink.address}/x").address, PARCEL)])
        assert (outcome.state, outcome.why) == ("refused", "对方要我们改去别的地址，没有跟去。")
    assert came == [] and len(sink.asked) == 5


def test_no_proxy_of_the_environment_is_asked(sink, listener, monkeypatch):
    port, came = listener
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    (outcome,) = push.carry([(phone(f"{sink.address}/x").address, PARCEL)])
    assert outcome.is_sent and came == []


def test_a_host_and_port_of_the_operator_may_be_inside_and_only_just_these(equip, sink):
    assert endpoints.push_place(f"{sink.address}/x").trusted
    for address in (f"https://localhost:{sink.port + 1}/x", f"https://127.0.0.1:{sink.port}/x"):
        with pytest.raises(Refused):
            endpoints.push_place(address)
    equip(PUSH_HOSTS=("push.example.cn",))
    assert not endpoints.push_place("https://push.example.cn/x").trusted
    with pytest.raises(Refused):
        endpoints.push_place("https://push.example.cn:8443/x")


def test_a_robot_is_no_push_service_and_no_push_service_a_robot(app):
    robot = "https://oapi.dingtalk.com/robot/send?access_token=x"
    assert endpoints.robot_place(robot)
    for check, address in ((endpoints.push_place, robot), (endpoints.robot_place, GOOD[0])):
        with pytest.raises(Refused):
            check(address)

"""A text that js/seal.js sealed in a browser (WebCrypto of Chromium), and its keys."""

MASTER_KEY = b"the master key of these tests 32"
PUBLIC = "BNdLLaene3QhBe0j5s1/jhuYtNve7wPLqatJUTfqxelcjuJ1KcZbqnMMFo9Pw1WJjkEZOnFtw1Qmm+HAitlE+/I="
TEXT = "探访 王*国：一切平安"
SEALED = (
    "BFzfSpIOBMMsmUAIJMIxfiJkv9wvLPGTLlCKS/Xz0NBoPA9rDb3hLXv0gPv6rq4ec8VPRwkKTAP0p6u9"
    "8xjIW7YXrFFb2nNkHcTVNiis+njfMAoHTdLGKdC/nMxLQ/SoRB/Q3ZQs91YjNJivEw5b+3jmgqZbLpX3"
    "a5I="
)

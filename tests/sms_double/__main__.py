"""Start the double by hand: `python -m tests.sms_double --port 8125 --delay 0.1 --code kavenegar=418`."""

import argparse
import signal

from tests.sms_double import Answer, SmsDouble

PROVIDERS = ("kavenegar", "smsir", "ghasedak", "melipayamak", "ippanel")


def show(request) -> None:
    said = request.text or f"template {request.template} {request.parameters}"
    print(f"--- {request.provider} -> {request.to}\n{said}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8125)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before every answer")
    parser.add_argument("--quiet", action="store_true", help="show no texts")
    parser.add_argument(
        "--code",
        action="append",
        default=[],
        help="PROVIDER=CODE: refuse always; also =hang, =drop, =garbage",
    )
    options = parser.parse_args()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    with SmsDouble(options.port, delay=options.delay, told=None if options.quiet else show) as double:
        for choice in options.code:
            provider, _, code = choice.partition("=")
            double.always[provider] = Answer("code", int(code)) if code.isdecimal() else Answer(code)
        for provider in PROVIDERS:
            print(f"{provider.upper()}_URL={double.url}")
        print("SMS_GATEWAYS=kavenegar,smsir", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()

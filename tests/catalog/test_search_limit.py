"""The search is asked at every keystroke, but not without end."""

from django.urls import reverse


def test_after_sixty_searches_in_a_minute_a_sentence_asks_to_wait(client, cast, settings):
    settings.LIMITS = settings.LIMITS | {"search": (3, 60)}
    client.force_login(cast.maryam)

    for _ in range(3):
        assert client.get(reverse("catalog:centres"), {"q": "امام"}).status_code == 200
    answer = client.get(reverse("catalog:centres"), {"q": "امام"})

    assert answer.status_code == 429
    assert "کمی صبر کنید" in answer.content.decode()
    client.force_login(cast.stranger)
    assert client.get(reverse("catalog:centres"), {"q": "امام"}).status_code == 200

"""Who comes: the session, its account, the household and how many messages are unread, in one statement.

Every page needs all of them, and each would be a statement of its own.
"""

from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware as DjangosAuthentication
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django_otp.middleware import OTPMiddleware as DjangosOtp

from members import access
from members.models import Session, User
from portal.lib.joined import Joined
from portal.lib.writing import saved_as_read

_arrival = Joined(
    f"""
    SELECT {{session}}, {{account}}, {{enrolment}}, {{person}}, {{contract}}, {{insurer}}, unread.count
      FROM members_session session
      LEFT JOIN members_user account ON account.id = session.user_id
      LEFT JOIN LATERAL (
          -- Of Message.objects.inbox_of(account), what came after «پیام‌ها» was last opened.
          SELECT count(*) AS count FROM notifications_message
           WHERE recipient_id = account.id AND NOT is_secret
             AND created_at > coalesce(account.messages_read_at, '-infinity')
      ) unread ON true
      LEFT JOIN {access.COVERS} ON {access.OF_HOUSEHOLD.format(person="account.person_id")}
     WHERE session.session_key = %(key)s AND session.expire_date > %(now)s
     ORDER BY {access.NEWEST_FIRST}
    """,
    name="arrival",
    links=access.LINKS,
    session=Session,
    account=User,
    **access.HOUSEHOLD,
)


class SessionStore(db.SessionStore):
    """Django's in the database; a session that is read brings its `account` along."""

    account: User | None = None

    @classmethod
    def get_model_class(cls):
        return Session

    def load(self):
        rows = list(_arrival.rows(key=self.session_key, now=timezone.now()))
        if not rows:
            self._session_key = None
            return {}
        self.account = rows[0].account
        if self.account is not None:
            self.account.household = [row.enrolment for row in rows if row.enrolment is not None]
            (self.account.unread,) = rows[0].extra
        return self.decode(rows[0].session.session_data)

    def save(self, must_create=False):
        """What is there already is changed by one statement, without a transaction around it."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(self._get_session())
        if not saved_as_read(row, ["session_data", "expire_date", "user"]):
            # Ended meanwhile, at the logout of another window.
            raise UpdateError

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.user_id = data.get(auth.SESSION_KEY)
        return row


class AuthenticationMiddleware(DjangosAuthentication):
    """Django's, without a statement of its own, and at once: every page asks who comes, hundreds of times through
    a lazy object.
    """

    def process_request(self, request):
        super().process_request(request)
        request.user = account_of(request)


class OTPMiddleware(DjangosOtp):
    """Its `user.is_verified()`, at once as well."""

    def __call__(self, request):
        request.user = self._verify_user_sync(request, request.user)
        return self.get_response(request)


def account_of(request):
    """The account that came with the session; where anything about it is unusual Django looks for itself."""
    told = request.session.get(auth.HASH_SESSION_KEY, "")
    account = request.session.account
    if (
        account is not None
        and account.is_active
        and request.session[auth.SESSION_KEY] == str(account.pk)
        and constant_time_compare(told, account.get_session_auth_hash())
    ):
        return account
    return auth.get_user(request)

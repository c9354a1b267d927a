"""What the admin pages of several apps have in common."""


class OnlyViewed:
    """Rows that the portal writes itself: the admin shows them, and what changes them are named acts."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

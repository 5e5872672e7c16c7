"""What a decision maker says of the decree: its number, where, and as what somebody signs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from timbang.policy.forms.acts import ActForm, line


class DecreeForm(ActForm):
    """The decree of a decision; everything else stands in the dossier."""

    number = line(_("Number of the decree"), most=100, help_text=_("As your office counts them."))
    place = line(_("Place"), most=100)
    post = line(
        _("Post of whoever signs"),
        help_text=_("The post, such as Head of the Office; the name is written by hand."),
    )

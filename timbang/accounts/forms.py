"""What officers type: login, passwords, a new colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from timbang.accounts import api_keys, codes
from timbang.accounts.models import Officer

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

LONGEST_PASSWORD = 1024


def _password(label: Words, *, present: bool) -> forms.CharField:
    """Never shown again and never trimmed: a space is part of a password."""
    name = "current-password" if present else "new-password"
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": name}),
    )


class LoginForm(forms.Form):
    """Whether the login exists is never said, so it is not checked here."""

    login = forms.CharField(
        label=_("Login"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password(_("Password"), present=True)


class ConfirmForm(forms.Form):
    """A change of what proves who one is asks for the password, however long one is here."""

    password = _password(_("Password"), present=True)


class CodeDeviceForm(ConfirmForm):
    """The first code of an app proves that it holds the secret."""

    code = forms.CharField(
        label=_("Code that the app shows now"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    field_order = ("code", "password")


class PasskeyForm(ConfirmForm):
    """A name to know it by, and what the browser answered, put there by the script."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        help_text=_("To know it by in your list, such as “office telephone”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    passkey = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)
    field_order = ("name", "password", "passkey")


class PasswordForm(forms.Form):
    """The present password opens the key; the new one wraps it."""

    present = _password(_("Present password"), present=True)
    new = _password(_("New password"), present=False)
    again = _password(_("New password, once more"), present=False)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.fields["new"].help_text = _(
            "At least 12 signs. Nobody can tell you a forgotten password: another officer of your "
            "organ would have to restore your access."
        )

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.officer)
        return new

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "new" in cleaned and "again" in cleaned and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("The two new passwords differ."))
        return cleaned


class OfficerForm(forms.Form):
    """A new officer of the administrator's own organ."""

    name = forms.CharField(label=_("Name"), max_length=200)
    login = forms.CharField(
        label=_("Login"),
        max_length=64,
        help_text=_("3 to 64 small letters, digits, dots, hyphens or underscores."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=list(codes.ROLES.items()),
        widget=forms.CheckboxSelectMultiple,
    )


class SystemForm(forms.Form):
    """A key for another system."""

    name = forms.CharField(label=_("Which system gets it?"), max_length=api_keys.LONGEST_NAME)
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=list(api_keys.SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
    )

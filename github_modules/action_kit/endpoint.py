"""What is known of an operation of GitHub's API before it is called. Pure data."""

from dataclasses import dataclass

DOCS = "https://docs.github.com/"
CLOUD = "github.com only"
ENTERPRISE = "GitHub Enterprise"
ENTERPRISE_SSO = "GitHub Enterprise Cloud with SAML single sign-on"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation.

    Args:
        route: as GitHub documents it: "PUT /orgs/{org}/blocks/{username}".
        docs: its page below docs.github.com.
        permission: of a GitHub App or fine-grained token, "key:level"; alternatives with " or ".
        scope: of a classic token; alternatives with " or ".
        query: arguments that are sent as query parameters of the same name.
        items_key: the field that holds the list, where the answer is an object.
        plan: where it exists, in words; empty for everywhere.
        app_only: whether GitHub accepts nothing but a GitHub App.
        anonymous: whether it must be called without a credential.
        optional: whether the action does most of its work without it.
    """

    route: str
    docs: str
    permission: str = ""
    scope: str = ""
    query: tuple[str, ...] = ()
    items_key: str = ""
    plan: str = ""
    app_only: bool = False
    anonymous: bool = False
    optional: bool = False

    @property
    def docs_url(self) -> str:
        """Return the address of its page in GitHub's documentation."""
        return DOCS + self.docs

    @property
    def writes(self) -> bool:
        """Return whether it changes anything."""
        return not self.route.startswith("GET ")

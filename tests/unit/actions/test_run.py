"""What all actions do with arguments, failures and large results."""

import json
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from requests_mock import ANY

from tests.unit.actions.harness import ACTIONS, ROOT, TOKEN, made, run

BLOCKS = f"{ROOT}/orgs/acme/blocks"
LIMITED = {"X-RateLimit-Remaining": "0", "X-RateLimit-Limit": "60", "X-RateLimit-Used": "60"}


def test_a_missing_argument_is_named_before_any_request(requests_mock, tmp_path):
    """Nothing is asked when an argument cannot be right."""
    results, action = run("block_user", {}, tmp_path)
    assert results is None
    assert action.error_message.startswith("The argument username is empty.")
    assert not requests_mock.called


@pytest.mark.parametrize("arguments", [None, [], "text", 3])
def test_arguments_of_any_shape_end_in_a_sentence(tmp_path, arguments):
    """The platform's form may hold anything."""
    action = made("block_user", tmp_path)
    action.module.load_config = lambda *_, **__: arguments
    assert action.arguments == {}


def test_no_arguments_at_all_are_none(tmp_path):
    """A run without arguments says which one is missing, without a traceback."""
    action = made("block_user", tmp_path)
    action.run(action.arguments)
    assert "The argument username is empty" in action.error_message


def test_an_account_that_cannot_be_right_is_told(tmp_path):
    """The sentence is that of every other part of the module."""
    _, action = run("block_user", {"username": "octo"}, tmp_path, apikey="")
    assert '"apikey" and "pem_file" are both empty' in action.error_message


def test_the_organization_may_be_missing(requests_mock, tmp_path):
    """With an enterprise alone, an action on an organization needs the argument."""
    requests_mock.get(f"{ROOT}/user", json={"login": "octo-admin"})
    form = {"org_name": "", "enterprise": "acme-inc"}
    _, action = run("block_user", {"username": "octo"}, tmp_path, **form)
    assert action.error_message.startswith("The argument org is empty")


def test_a_defect_shows_no_traceback_and_no_value(requests_mock, tmp_path):
    """What the module did not foresee is one sentence with a place in the code."""
    requests_mock.get(f"{BLOCKS}/octo", exc=RuntimeError(TOKEN))
    _, action = run("check_blocked_user", {"username": "octo"}, tmp_path)
    assert action.error_message.startswith("Unexpected RuntimeError in ")
    assert TOKEN not in action.error_message


def test_a_traceback_of_the_sdk_is_cut_to_its_kind(tmp_path):
    """The SDK would send the whole traceback to the user."""
    action = made("block_user", tmp_path)
    action.error("Oh: Traceback (most recent call last):\n  File x\nValueError: secret")
    assert "ValueError" in action.error_message
    assert "secret" not in action.error_message


def test_a_limit_that_lasts_longer_than_an_action_may_take(requests_mock, tmp_path, clock):
    """The error says what is waited for, instead of waiting for it."""
    reset = str(int(datetime.timestamp(clock.now())) + 1_800)
    limited = {"json": {"message": "API rate limit exceeded"}, "status_code": 403}
    requests_mock.get(BLOCKS, headers=LIMITED | {"X-RateLimit-Reset": reset}, **limited)
    _, action = run("list_blocked_users", {}, tmp_path)
    assert action.error_message.startswith("GitHub asks to wait longer than an action may take")
    assert requests_mock.call_count == 1


def test_a_list_that_breaks_off_returns_what_it_has(requests_mock, tmp_path):
    """Half of a list is worth more than an error, as long as it says that it is half."""
    following = {"Link": f'<{BLOCKS}?page=2>; rel="next"'}
    requests_mock.get(f"{BLOCKS}?per_page=100", json=[{"login": "one"}], headers=following)
    requests_mock.get(f"{BLOCKS}?page=2", json={"message": "Not Found"}, status_code=404)
    results, action = run("list_blocked_users", {}, tmp_path)
    assert action.error_message is None
    assert (results["count"], results["truncated"]) == (1, True)
    assert "The list is not complete" in results["warnings"][0]


def test_a_large_list_goes_to_a_file_with_a_preview(requests_mock, tmp_path):
    """The file has everything, the result the beginning."""
    users = [{"login": f"user-{number}", "bio": "x" * 4_000} for number in range(100)]
    requests_mock.get(BLOCKS, json=users)
    results, _ = run("list_blocked_users", {}, tmp_path)
    assert (results["count"], len(results["items"])) == (100, 20)
    assert json.loads((tmp_path / results["items_path"]).read_bytes()) == users


def test_a_list_is_cut_at_its_limit(requests_mock, tmp_path):
    """The page is not larger than what is wanted, and more is told."""
    requests_mock.get(BLOCKS, json=[{"login": "one"}, {"login": "two"}])
    results, action = run("list_blocked_users", {"limit": "1"}, tmp_path)
    assert (results["count"], results["truncated"]) == (1, True)
    assert action.outputs == {"found": True, "not_found": False}
    assert requests_mock.last_request.qs == {"per_page": ["1"]}


def test_what_github_leaves_out_for_single_sign_on_is_told(requests_mock, tmp_path):
    """Partial results look like whole ones unless the header is read."""
    partial = {"X-GitHub-SSO": "partial-results; organizations=1,2"}
    requests_mock.get(BLOCKS, json=[], headers=partial)
    results, action = run("list_blocked_users", {}, tmp_path)
    assert "The answer is incomplete" in results["warnings"][0]
    assert action.outputs == {"found": False, "not_found": True}


def test_an_answer_that_is_no_object_is_refused(requests_mock, tmp_path):
    """GitHub's documented shape is relied upon, and checked."""
    requests_mock.get(f"{ROOT}/users/octo", json=["what"])
    _, action = run("get_user", {"username": "octo"}, tmp_path)
    assert "is not an object" in action.error_message


def test_the_missing_permission_is_named(requests_mock, tmp_path):
    """GitHub names it in a header; the user reads it in the error."""
    refusal = {"message": "Resource not accessible by integration"}
    accepted = {"X-Accepted-GitHub-Permissions": "organization_user_blocking=read"}
    requests_mock.get(BLOCKS, json=refusal, status_code=403, headers=accepted)
    _, action = run("list_blocked_users", {}, tmp_path)
    assert "organization_user_blocking: read" in action.error_message


def test_an_action_for_apps_is_refused_early(requests_mock, tmp_path):
    """A token would be refused by GitHub with words that explain nothing."""
    _, action = run("list_token_grants", {}, tmp_path)
    assert action.error_message.startswith("GitHub lets only a GitHub App do this")
    assert not requests_mock.called


def test_another_organization_than_that_of_the_account(requests_mock, tmp_path):
    """`org` comes before the account's organization."""
    requests_mock.get(f"{ROOT}/orgs/other/blocks", json=[])
    results, _ = run("list_blocked_users", {"org": "https://github.com/other"}, tmp_path)
    assert results["items"] == []


def test_a_notice_of_github_goes_into_the_log_of_the_run(requests_mock, tmp_path):
    """A token that ends soon is told where somebody reads it."""
    expiry = {"github-authentication-token-expiration": "2026-03-05 10:00:00 UTC"}
    requests_mock.get(BLOCKS, json=[], headers=expiry)
    _, action = run("list_blocked_users", {}, tmp_path)
    assert "expires" in action.logs[0]["message"]


SOMETHING = (
    st.text(max_size=30)
    | st.integers()
    | st.booleans()
    | st.none()
    | st.lists(st.text(max_size=5) | st.integers(), max_size=3)
    | st.sampled_from(["octo", "acme/app", "2026-03-02", "../x", "open", "a b", "%2e%2e", "\x00"])
)


ANSWERS = [(404, {"message": "Not Found"}), (200, {}), (200, []), (202, {}), (200, {"id": 1})]


@pytest.mark.parametrize("name", ACTIONS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_input_ends_in_a_traceback(name, data, requests_mock, tmp_path):
    """Whatever is typed, the answer is a result or one sentence; the host is never left."""
    fields = ACTIONS[name].arguments_model.model_fields
    arguments = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(fields, SOMETHING)))
    status, body = data.draw(st.sampled_from(ANSWERS))
    requests_mock.register_uri(ANY, ANY, status_code=status, json=body)
    requests_mock.get(f"{ROOT}/user", json={"login": "octo-admin"})
    results, action = run(name, arguments, tmp_path)
    message = action.error_message or ""
    assert results is not None or message
    assert "Traceback" not in message
    assert "this is a defect" not in message
    assert all(asked.hostname == "api.github.com" for asked in requests_mock.request_history)

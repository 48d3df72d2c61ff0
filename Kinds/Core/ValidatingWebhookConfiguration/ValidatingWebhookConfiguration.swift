// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

/// Webhooks that may refuse writes.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/validating-webhook-configuration-v1/
enum ValidatingWebhookConfiguration {
    static let kind = WebhookShapes.kind(
        "ValidatingWebhookConfiguration", plural: "validatingwebhookconfigurations",
        schema: WebhookShapes.schema("Webhooks that may refuse writes.", form: .validating), form: .validating)
}

// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

/// Webhooks that may change what is written, or refuse it.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/mutating-webhook-configuration-v1/
enum MutatingWebhookConfiguration {
    static let kind = WebhookShapes.kind(
        "MutatingWebhookConfiguration", plural: "mutatingwebhookconfigurations",
        schema: WebhookShapes.schema("Webhooks that may change what is written.", form: .mutating), form: .mutating)
}

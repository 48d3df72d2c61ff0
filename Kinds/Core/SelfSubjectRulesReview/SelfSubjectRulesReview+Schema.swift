// SPDX-License-Identifier: Apache-2.0

import Schemas

extension SelfSubjectRulesReview {
    static let spec = Schema.object(
        "The question.", [.init("namespace", .string("The namespace.", maxLength: 63))])

    static let status = Schema.object(
        "The answer.",
        [
            .init("resourceRules", RBACShapes.rules), .init("nonResourceRules", RBACShapes.rules),
            .init("incomplete", .boolean("Whether there may be more than is shown.")),
            .init("evaluationError", .string("What went wrong on the way.", maxLength: 4096)),
        ])
}

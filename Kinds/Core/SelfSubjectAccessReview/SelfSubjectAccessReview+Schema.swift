// SPDX-License-Identifier: Apache-2.0

import Schemas

extension SelfSubjectAccessReview {
    static let spec = AccessQuestion.spec
    static let status = AccessQuestion.status
}

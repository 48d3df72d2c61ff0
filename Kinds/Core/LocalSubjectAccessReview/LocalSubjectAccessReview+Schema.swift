// SPDX-License-Identifier: Apache-2.0

import Schemas

extension LocalSubjectAccessReview {
    static let spec = AccessQuestion.subjectSpec
    static let status = AccessQuestion.status
}

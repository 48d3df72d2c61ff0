// SPDX-License-Identifier: Apache-2.0

import Schemas

extension SelfSubjectReview {
    static let status = Schema.object("The answer.", [.init("userInfo", Reviews.userSchema)])
}

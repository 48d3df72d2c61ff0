// SPDX-License-Identifier: Apache-2.0

import Schemas

extension Role {
    static let schema = Schema.resource("What may be done in one namespace.", [.init("rules", RBACShapes.rules)])
}

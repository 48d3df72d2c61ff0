// SPDX-License-Identifier: Apache-2.0

import Schemas

extension RoleBinding {
    static let schema = Schema.resource(
        "Gives a role to users, groups and service accounts in one namespace.", RBACShapes.binding)
}

// SPDX-License-Identifier: Apache-2.0

import Schemas

extension ClusterRoleBinding {
    static let schema = Schema.resource(
        "Gives a ClusterRole to users, groups and service accounts in the whole organization.", RBACShapes.binding)
}

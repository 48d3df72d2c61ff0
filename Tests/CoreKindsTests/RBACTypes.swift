// SPDX-License-Identifier: Apache-2.0

import Resources

@testable import CoreKinds

// Names for files that import Access too, whose values have the same names as these kinds.

let roleType = Role.type
let roleBindingType = RoleBinding.type

// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Merging
import Resources
import Schemas

/// Applies a patch to an object in the version that the path names.
struct PatchWork {
    let target: Target

    init(_ target: Target) { self.target = target }

    /// The changed object; throws `invalid` for an operation that does not fit what is there.
    func apply(_ patch: Patch, to tree: JSON) throws(APIError) -> JSON {
        switch patch {
        case .merge(let change):
            guard change.object != nil else {
                throw APIError(.badRequest, "error decoding patch: a merge patch must be an object")
            }
            return tree.merging(change)
        case .json(let operations):
            guard operations.array != nil else {
                throw APIError(.badRequest, "error decoding patch: a JSON patch must be a list of operations")
            }
            do {
                return try tree.applying(JSONPatch(tree: operations))
            } catch {
                // Of no kind: else kubectl says only that the object is invalid, and not why.
                throw APIError(.invalid, "the patch does not fit the object: \(error)")
            }
        case .strategic(let change):
            do {
                return try StrategicMerge.apply(change, to: tree, target.served.version.schema)
            } catch {
                throw APIError(.badRequest, "error decoding patch: \(error)")
            }
        case .apply(let configuration, _): return configuration
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Merging
import Schemas

extension FuzzTarget {
    /// An object and three patches for it, `{"object": …, "merge": …, "json": […], "strategic": …}`: none makes the object
    /// larger than what was sent allows, and what they make can be stored.
    static let patches = FuzzTarget(
        name: "patches",
        words: [
            #""$patch":"delete","#, #""$patch":"replace","#, #""$setElementOrder/items":["a"],"#, #""$retainKeys":[],"#,
            #"{"op":"copy","from":"/a","path":"/b"},"#, #"{"op":"move","from":"","path":"/x"},"#, "/-", "~1", "null",
        ]
    ) { bytes in
        guard let tree = try? JSON(parsing: bytes), let object = tree["object"] else { return .refused }
        let sent = bytes.count + 64
        let merged = object.merging(tree["merge"] ?? .null)
        try held(merged, atMost: sent)
        try hold("a merge patch applied again changes nothing", merged.merging(tree["merge"] ?? .null) == merged)
        if let patch = tree["json"], let patch = try? JSONPatch(tree: patch), let made = try? object.applying(patch) {
            try held(made, atMost: sent + 2 * ParseLimits.standard.bytes)
        }
        if let patch = tree["strategic"], let made = try? StrategicMerge.apply(patch, to: object, Samples.schema) {
            try held(made, atMost: 2 * sent)
        }
        return .accepted
    }

    private static func held(_ made: JSON, atMost limit: Int) throws(Finding) {
        let bytes = made.bytes
        // Escapes may be spelled longer than they were sent.
        try hold("a patched object of \(bytes.count) bytes is no larger than 6 · \(limit)", bytes.count <= 6 * limit)
        let again = try? JSON(parsing: bytes, limits: .stored)
        try hold("a patched object can be stored and read", again == made)
    }
}

// SPDX-License-Identifier: Apache-2.0

import OpenStack
import Reconciling
import SiteKinds

extension Cinder.Volume: Marked {
    package var marks: [String] { [metadata?[StorageMark.key]].compactMap(\.self) }
}

extension Cinder.Snapshot: Marked {
    package var marks: [String] { [metadata?[StorageMark.key]].compactMap(\.self) }
}

/// How our mark stands in Cinder's metadata, beside what the user wants there.
enum StorageMark {
    static let key = "scs"

    /// Finds what carries the mark; Cinder reads a dictionary as Python writes it.
    static func query(_ mark: String) -> Query { ["metadata": "{'\(key)':'\(mark)'}"] }

    /// What is to stand in the metadata; what was imported carries no mark.
    static func metadata(_ wanted: [String: String]?, _ input: PassInput, isMarked: Bool) -> [String: String] {
        var metadata = wanted ?? [:]
        if isMarked { metadata[key] = input.mark }
        return metadata
    }

    /// What somebody put there; Nova notes for itself how a volume is attached.
    static func found(_ metadata: [String: String]?) -> [String: String] {
        (metadata ?? [:]).filter { !["readonly", "attached_mode"].contains($0.key) }
    }

    /// Names only: a value may be a secret of the customer's.
    static func words(_ metadata: [String: String]) -> String {
        let keys = metadata.keys.filter { $0 != key }.sorted()
        return keys.isEmpty ? "none" : "values of \(keys.joined(separator: ", "))"
    }
}

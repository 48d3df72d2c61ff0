// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

/// What Cinder has beside volumes: snapshots of them, and changes that take time.
struct VolumeState: Codable, Sendable {
    var snapshots = Table<JSON>()
    var changes: [VolumeChange] = []
}

/// The end of what a volume or a snapshot is busy with.
struct VolumeChange: Codable, Sendable {
    enum Noun: String, Codable, Sendable { case volume, snapshot }

    let noun: Noun
    let id: String
    let due: Date
    /// What is otherwise then; absent when it is gone.
    let members: JSON?
}

extension SiteState {
    /// Makes a volume busy until the site's time for building is over.
    mutating func begin(_ word: String, volume id: String, _ now: Date, then members: JSON?) {
        begin(word, .volume, id, now, members)
    }

    /// The same for a snapshot.
    mutating func begin(_ word: String, snapshot id: String, _ now: Date, then members: JSON?) {
        begin(word, .snapshot, id, now, members)
    }

    private mutating func begin(
        _ word: String, _ noun: VolumeChange.Noun, _ id: String, _ now: Date, _ members: JSON?
    ) {
        self[noun, id]?["status"] = .string(word)
        let due = now.advanced(by: settings.buildTime)
        storage.changes.append(VolumeChange(noun: noun, id: id, due: due, members: members))
    }

    /// Lets end what is due.
    mutating func settleVolumes(at now: Date) {
        let due = storage.changes.filter { $0.due <= now }
        storage.changes.removeAll { $0.due <= now }
        for change in due {
            guard let members = change.members else {
                self[change.noun, change.id] = nil
                continue
            }
            guard var thing = self[change.noun, change.id] else { continue }
            for member in members.object?.members ?? [] { thing[member.key] = member.value }
            thing["updated_at"] = now.zoneless
            self[change.noun, change.id] = thing
        }
    }

    private subscript(noun: VolumeChange.Noun, id: String) -> JSON? {
        get { noun == .volume ? volumes[id] : storage.snapshots[id] }
        set { if noun == .volume { volumes[id] = newValue } else { storage.snapshots[id] = newValue } }
    }
}

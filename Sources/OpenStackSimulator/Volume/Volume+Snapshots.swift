// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension SiteState {
    static let snapshotOwner = "os-extended-snapshot-attributes:project_id"

    func ownSnapshots(_ call: Call) -> [JSON] {
        storage.snapshots.all.filter { $0.text(Self.snapshotOwner) == call.project }
    }

    func ownSnapshot(_ id: String, _ call: Call) -> JSON? {
        guard let snapshot = storage.snapshots[id],
            call.isAdmin || snapshot.text(Self.snapshotOwner) == call.project
        else { return nil }
        return snapshot
    }

    func snapshot(_ call: Call) throws(Refusal) -> JSON {
        let id = call.parameters[1]
        guard let snapshot = ownSnapshot(id, call) else { throw Refusal("volume.snapshot.absent", id) }
        return snapshot
    }

    func listSnapshots(_ call: Call) -> Answer {
        let found = ownSnapshots(call).filter { Self.passes($0, call) }
        return Listing(collection: "snapshots", path: call.path).answer(found, call)
    }

    mutating func createSnapshot(_ call: Call) throws(Refusal) -> Answer {
        let wish = call.body["snapshot"] ?? .null
        let original = wish.text("volume_id")
        guard let volume = ownVolume(original, call) else { throw Refusal("volume.snapshot.novolume", original) }
        let id = uuid()
        let made: KeyValuePairs<String, JSON> = [
            "id": .string(id), "created_at": call.now.zoneless, "updated_at": call.now.zoneless,
            "name": wish["name"] ?? .null, "description": wish["description"] ?? .null,
            "volume_id": .string(original), "size": volume["size"] ?? .null, "metadata": wish["metadata"] ?? [:],
            "user_id": .string(call.token?.user ?? ""), "status": "creating",
        ]
        storage.snapshots[id] = Fixture.template("volume.snapshot.get", "snapshot").with(made)
            .with([Self.snapshotOwner: .string(call.project)])
        begin("creating", snapshot: id, call.now, then: ["status": "available"])
        let shown = Fixture.template("volume.snapshot.create", "snapshot").with(made)
        return Answer(like: "volume.snapshot.create", "snapshot", shown)
    }

    mutating func updateSnapshot(_ call: Call) throws(Refusal) -> Answer {
        var snapshot = try snapshot(call)
        for key in ["name", "description"] {
            if let value = call.body["snapshot"]?[key] { snapshot[key] = value }
        }
        storage.snapshots[call.parameters[1]] = snapshot
        return Answer(like: "volume.snapshot.update", "snapshot", snapshot)
    }

    /// What is not named goes.
    mutating func replaceSnapshotMetadata(_ call: Call) throws(Refusal) -> Answer {
        var snapshot = try snapshot(call)
        snapshot["metadata"] = call.body["metadata"] ?? [:]
        storage.snapshots[call.parameters[1]] = snapshot
        return Answer(like: "volume.snapshot.metadata", "metadata", snapshot["metadata"] ?? [:])
    }

    mutating func deleteSnapshot(_ call: Call) throws(Refusal) -> Answer {
        _ = try snapshot(call)
        begin("deleting", snapshot: call.parameters[1], call.now, then: nil)
        return Answer(recorded: "volume.snapshot.delete")
    }
}

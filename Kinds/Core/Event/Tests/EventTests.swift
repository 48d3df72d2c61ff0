// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import Resources
import TestTime
import Testing

@testable import CoreKinds

@Suite("Event", .timeLimit(.minutes(1)))
struct EventTests {
    @Test(
        "stands beside what it is about",
        arguments: [
            ("demo", "demo", true), ("demo", "other", false), ("demo", nil, false), ("default", nil, true),
        ])
    func place(namespace: String, about: String?, isGood: Bool) {
        var reference: JSON = ["kind": "ConfigMap", "name": "a"]
        reference["namespace"] = about.map(JSON.string)
        let event = object(Event.type, "e", namespace: namespace, [("involvedObject", reference)])
        #expect(Event.issues(event, nil).isEmpty == isGood)
    }

    @Test("goes an hour after it last happened")
    func expiry() async throws {
        let clock = TestClock()
        let time = Timekeeper(clock)
        let client = MemoryObjectClient(time: time)
        let (old, recent) = ("2027-01-15T08:00:00Z", "2027-01-15T08:00:01Z")
        for (name, members) in [
            ("old", [("lastTimestamp", JSON.string(old))]), ("recent", [("lastTimestamp", JSON.string(recent))]),
            (
                "again",
                [
                    ("lastTimestamp", JSON.string(old)),
                    ("series", ["lastObservedTime": .string("2027-01-15T08:30:00.000001Z")]),
                ]
            ),
            ("plain", []),
        ] {
            let event = object(Event.type, name, namespace: "demo", members)
            _ = try await client.create(Event.type, event, WriteOptions())
        }
        let expiry = EventExpiry(client: client, time: time, report: { Issue.record($0) })
        try await expiry.sweep()
        #expect(try await client.listAll(Event.type, ListQuery(.everywhere)).items.count == 4)
        clock.advance(by: .seconds(3600))
        try await expiry.sweep()
        let left = try await client.listAll(Event.type, ListQuery(.everywhere)).items.map(\.metadata.name)
        #expect(Set(left) == ["recent", "again"])
        clock.advance(by: .seconds(1800))
        try await expiry.sweep()
        #expect(try await client.listAll(Event.type, ListQuery(.everywhere)).items.isEmpty)
    }
}

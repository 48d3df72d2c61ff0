// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas
import Testing

@Suite("A table")
struct TableTests {
    static let now: Int64 = 1_767_225_600  // 2026-01-01T00:00:00Z

    @Test("has a cell for the name, each column and the age")
    func cells() {
        let object: JSON = [
            "metadata": ["name": "web", "creationTimestamp": "2025-12-31T23:00:00Z"],
            "spec": ["size": 3, "parts": [["name": "a"], ["name": "b"]]],
            "status": ["seen": "2025-12-31T23:59:55Z", "good": true],
        ]
        let version = Widget.version("v1")
        #expect(version.cells(of: object, now: Self.now) == ["web", 3, "a,b", 2, "5s", true, "60m"])
        #expect(
            version.columnDefinitions.array?.compactMap { $0["name"]?.string } == [
                "Name", "Size", "Names", "Parts", "Seen", "Good", "Age",
            ])
        #expect(version.columnDefinitions[0]?["format"] == "name")
        #expect(version.columnDefinitions[3]?["priority"] == 1)
    }

    @Test("shows nothing where nothing stands, and what is no time as invalid")
    func empty() {
        let object: JSON = ["metadata": ["name": "web"], "spec": ["size": "x"], "status": ["seen": "yesterday"]]
        let cells = Widget.version("v1").cells(of: object, now: Self.now)
        #expect(cells == ["web", .null, .null, 0, "<invalid>", .null, "<unknown>"])
    }

    @Test(
        "shortens time as kubectl does",
        arguments: [
            (-5, "<invalid>"), (-1, "0s"), (0, "0s"), (5, "5s"), (119, "119s"), (120, "2m"), (123, "2m3s"),
            (600, "10m"), (3 * 3600 - 1, "179m"), (3 * 3600, "3h"), (3 * 3600 + 60, "3h1m"), (8 * 3600, "8h"),
            (47 * 3600, "47h"), (48 * 3600, "2d"), (49 * 3600, "2d1h"), (8 * 86400, "8d"), (729 * 86400, "729d"),
            (730 * 86400, "2y"), (735 * 86400, "2y5d"), (3000 * 86400, "8y"),
        ] as [(Int64, String)])
    func duration(_ seconds: Int64, _ text: String) {
        #expect(humanDuration(seconds: seconds) == text)
    }
}

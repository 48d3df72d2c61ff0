// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

@Suite("Moments and made-up names")
struct TimestampTests {
    @Test(
        "a moment is spelled in UTC and reads back",
        arguments: [
            (0, 0, "1970-01-01T00:00:00.000000Z"), (951_782_400, 1, "2000-02-29T00:00:00.000001Z"),
            (1_783_419_072, 345_678, "2026-07-07T10:11:12.345678Z"), (-1, 999_999, "1969-12-31T23:59:59.999999Z"),
            (4_107_542_400, 0, "2100-03-01T00:00:00.000000Z"), (-62_135_596_800, 0, "0001-01-01T00:00:00.000000Z"),
        ] as [(Int64, Int32, String)])
    func spelling(_ seconds: Int64, _ microseconds: Int32, _ text: String) {
        let timestamp = Timestamp(seconds: seconds, microseconds: microseconds)
        #expect(timestamp.preciseText == text)
        #expect(Timestamp(text) == timestamp)
        #expect(Timestamp(timestamp.text) == Timestamp(seconds: seconds))
        #expect(timestamp.text == text.prefix(19) + "Z")
    }

    @Test(
        "other spellings of the same moment are read too",
        arguments: [
            "2026-07-07T12:11:12+02:00", "2026-07-07T08:41:12-01:30", "2026-07-07t10:11:12z", "2026-07-07 10:11:12.0Z",
            "2026-07-07T10:11:12.0000009Z",
        ])
    func otherSpellings(_ text: String) {
        #expect(Timestamp(text)?.text == "2026-07-07T10:11:12Z")
        #expect(Timestamp(text)?.microseconds == 0)
    }

    @Test(
        "what is no moment is refused",
        arguments: [
            "", "2026-07-07", "2026-07-07T10:11:12", "2026-7-07T10:11:12Z", "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2100-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-07-00T00:00:00Z", "2026-07-07T24:00:00Z",
            "2026-07-07T10:60:00Z",
            "2026-07-07T10:11:12.Z", "2026-07-07T10:11:12+2:00", "2026-07-07T10:11:12Z ", "+026-07-07T10:11:12Z",
        ])
    func refused(_ text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("every day of four centuries reads back as itself")
    func calendar() {
        var previous = Timestamp(seconds: -1)
        for day in stride(from: Int64(0), to: 146_097, by: 1) {
            let timestamp = Timestamp(seconds: day * 86_400)
            guard Timestamp(timestamp.text) == timestamp, timestamp.text > previous.text || day == 0 else {
                Issue.record("day \(day) is \(timestamp.text)")
                return
            }
            previous = timestamp
        }
        #expect(previous.text == "2369-12-31T00:00:00Z")
    }

    @Test("time can be added and subtracted")
    func arithmetic() {
        let start = Timestamp(seconds: 10, microseconds: 600_000)
        #expect(start.advanced(by: .milliseconds(500)) == Timestamp(seconds: 11, microseconds: 100_000))
        #expect(start.advanced(by: .milliseconds(-700)) == Timestamp(seconds: 9, microseconds: 900_000))
        #expect(start.advanced(by: .seconds(-11)) < Timestamp(seconds: 0))
        #expect(Timestamp(seconds: 12).since(start) == .milliseconds(1400))
    }

    @Test("a uid is a version 4 UUID, and the same for the same random numbers")
    func uid() {
        var zeros = Constant(value: 0)
        #expect(UID.random(using: &zeros) == "00000000-0000-4000-8000-000000000000")
        var ones = Constant(value: .max)
        #expect(UID.random(using: &ones) == "ffffffff-ffff-4fff-bfff-ffffffffffff")
        #expect(UID.random() != UID.random())
    }

    @Test("a generated name keeps its prefix and stays short enough")
    func generatedName() {
        let name = GeneratedName.make(prefix: "web-")
        #expect(name.hasPrefix("web-"))
        #expect(name.utf8.count == 9)
        #expect(name.dropFirst(4).allSatisfy { "bcdfghjklmnpqrstvwxz2456789".contains($0) })
        #expect(GeneratedName.make(prefix: String(repeating: "a", count: 80)).utf8.count == 63)
    }
}

private struct Constant: RandomNumberGenerator {
    let value: UInt64
    mutating func next() -> UInt64 { value }
}

// SPDX-License-Identifier: Apache-2.0

/// kube-apiserver 1.36.2 with etcd 3.6, measured by us on a quiet machine of two processors: a custom resource of 25
/// members, 2.2 KB when served, 16 requests at once.
///
/// Processor time is of both processes, in microseconds.
enum Upstream {
    static let processor: [String: Double] = [
        "empty route": 200, "create": 3_277, "get": 1_091, "update status": 5_467, "merge-patch status": 6_225,
        "list of 10 000": 1_084_000, "list of 10 000 as a Table": 668_000,
    ]
    static let rate: [String: Double] = [
        "empty route": 7_277, "create": 541, "get": 1_595, "update status": 339, "merge-patch status": 298,
    ]
    /// How long a list took, in milliseconds.
    static let lists: [String: Double] = [
        "list of 1 000": 89, "list of 10 000": 857, "list of 10 000 as a Table": 553,
        "list of 10 000 in pages of 500": 1_032,
    ]
    /// By the number of watchers; per event.
    static let fanOutProcessor: [Int: Double] = [100: 115, 1_000: 64]
    static let fanOutFromAnswer: [Int: String] = [100: "0.3 / 3.3", 1_000: "9.6 / 30"]
    /// In kilobytes; the lower end of what was seen.
    static let emptyMemory = 320_000.0
    static let peakMemory = 2_062_000.0

    /// How many times less is aimed at.
    static let targets: [String: Double] = [
        "create": 15, "update status": 20, "get": 10, "list of 10 000": 15, "empty": 6, "peak": 12,
    ]
}

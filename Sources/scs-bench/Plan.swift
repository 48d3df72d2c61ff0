// SPDX-License-Identifier: Apache-2.0

/// How much is asked of the server.
struct Plan {
    /// How many requests are under way at once, and how many objects are created so: the counts add up to `objects`.
    var creates: [(concurrency: Int, count: Int)]
    /// How long each other kind of request is sent at each concurrency.
    var span: Duration
    /// How often each list is read.
    var lists: Int
    var watchers: [Int]
    /// How many writes each group of watchers sees, ten a second.
    var writes: Int

    var objects: Int { creates.reduce(0) { $0 + $1.count } }

    static let full = Plan(
        creates: [(1, 1_000), (16, 4_000), (64, 5_000)], span: .seconds(4), lists: 40, watchers: [100, 1_000],
        writes: 60)
    static let quick = Plan(
        creates: [(1, 500), (16, 4_000), (64, 5_500)], span: .seconds(1), lists: 10, watchers: [100, 1_000], writes: 10)
}

// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStackSimulator
import Testing

@Suite("What a simulated site remembers")
struct SiteMemoryTests {
    @Test("a later site that is told everything has the same things, and a changed one says so")
    func remembers() throws {
        let first = SimulatedSite()
        let (memory, changes) = try #require(try first.memory())
        #expect(try first.memory(since: changes) == nil)
        let second = SimulatedSite()
        #expect(try second.memory()?.memory.means(memory) == false)
        try second.remember(try JSON(parsing: memory.text))
        #expect(try second.memory()?.memory.means(memory) == true)
    }

    @Test("what is no memory changes nothing")
    func refuses() throws {
        let site = SimulatedSite()
        let before = try #require(try site.memory()).memory
        #expect(throws: JSONDecodingError.self) { try site.remember(["identity": [:]]) }
        #expect(try site.memory()?.memory.means(before) == true)
    }
}

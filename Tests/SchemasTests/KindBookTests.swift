// SPDX-License-Identifier: Apache-2.0

import Resources
import Schemas
import Testing

@Suite("The book of kinds")
struct KindBookTests {
    private static func kind(_ name: String, _ plural: String) -> Kind {
        Kind(
            group: "example.org", names: .init(kind: name, plural: plural), versions: [],
            origin: .definition(isRevised: false))
    }

    private func names(_ book: KindBook, _ organization: String) -> [String] {
        book.current.kinds(in: organization).map(\.names.plural)
    }

    @Test("shows the root's kinds everywhere, and an organization's there only")
    func places() {
        let book = KindBook([Self.kind("Built", "builts")])
        book.put(Self.kind("Common", "commons"), in: "")
        book.put(Self.kind("Own", "owns"), in: "acme")
        #expect(names(book, "") == ["builts", "commons"])
        #expect(names(book, "acme") == ["builts", "commons", "owns"])
        #expect(names(book, "globex") == ["builts", "commons"])
        #expect(book.current.definingOrganizations == ["acme"])
    }

    @Test("lets an organization keep a name that the root takes later")
    func precedence() {
        let book = KindBook([])
        book.put(Self.kind("Thing", "things"), in: "acme")
        book.put(Self.kind("Thing", "otherthings"), in: "")
        #expect(names(book, "acme") == ["things"])
        #expect(names(book, "globex") == ["otherthings"])
        book.remove(GroupResource(group: "example.org", resource: "things"), in: "acme")
        #expect(names(book, "acme") == ["otherthings"])
    }

    @Test("counts its editions, and those of each place")
    func editions() {
        let book = KindBook([])
        let start = book.edition
        book.put(Self.kind("Own", "owns"), in: "acme")
        #expect(book.edition == start + 1)
        #expect(book.current.edition(of: "globex") == start)
        #expect(book.current.edition(of: "acme") == start + 1)
        book.remove(GroupResource(group: "example.org", resource: "nothing"), in: "acme")
        #expect(book.edition == start + 1)
        book.put(Self.kind("Common", "commons"), in: "")
        #expect(book.current.edition(of: "globex") == start + 2)
    }
}

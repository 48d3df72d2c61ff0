// SPDX-License-Identifier: Apache-2.0

package import Resources
package import Schemas
import Synchronization

/// The catalogs of all places, made again when kinds come or go.
///
/// Asking for one is a look at a number and at a table; a new one is made by the first who asks after a change. Organizations
/// without kinds of their own share one.
package final class LiveCatalog: Sendable {
    private struct Made {
        let edition: Int
        let catalog: Catalog
    }

    private struct State {
        var pages: KindPages
        var made: [String: Made] = [:]

        /// Stands for all organizations without kinds of their own; no organization has such a name.
        static let common = "*"

        func place(of organization: String) -> String {
            organization.isEmpty || !pages.defined(in: organization).isEmpty ? organization : Self.common
        }

        mutating func turn(to newer: KindPages) {
            guard newer.edition > pages.edition else { return }
            pages = newer
            // An organization whose last kind went has the common catalog again.
            for organization in made.keys where place(of: organization) != organization { made[organization] = nil }
        }

        func known(_ organization: String, _ edition: Int) -> Catalog? {
            let place = place(of: organization)
            guard pages.edition == edition, let made = made[place], made.edition == pages.edition(of: place) else {
                return nil
            }
            return made.catalog
        }
    }

    private let book: KindBook
    private let state: Mutex<State>
    private let rootDocuments: OpenAPIDocuments
    private let organizationDocuments: OpenAPIDocuments

    /// Catalogs of what a book holds; throws when its built-in kinds do not fit together.
    package init(_ book: KindBook) throws(InvalidKinds) {
        self.book = book
        let pages = book.current
        state = Mutex(State(pages: pages))
        let builtIn = pages.kinds(in: "").filter { $0.origin == .builtIn }
        rootDocuments = OpenAPIDocuments(try KindRegistry(builtIn))
        organizationDocuments = OpenAPIDocuments(KindRegistry(checked: builtIn.servedIn(isOrganization: true)))
    }

    /// As a source for who serves.
    package var source: Catalog.Source { { self.catalog($0) } }

    /// What is served there now; all organizations together are served what the root is.
    package func catalog(_ organizations: Scope.Organizations) -> Catalog {
        let organization = if case .one(let name) = organizations { name } else { "" }
        let edition = book.edition
        return state.withLock { $0.known(organization, edition) } ?? renewed(organization)
    }

    /// The catalog after a change somewhere: perhaps not here, so that it is still good.
    private func renewed(_ organization: String) -> Catalog {
        let pages = book.current
        let known = state.withLock { state in
            state.turn(to: pages)
            return state.known(organization, pages.edition)
        }
        return known ?? make(organization, pages)
    }

    private func make(_ organization: String, _ pages: KindPages) -> Catalog {
        let isOrganization = !organization.isEmpty
        let kinds = pages.kinds(in: organization).servedIn(isOrganization: isOrganization)
        let documents = isOrganization ? organizationDocuments : rootDocuments
        let catalog = Catalog(KindRegistry(checked: kinds), isOrganization, sharing: documents)
        state.withLock { state in
            guard pages.edition == state.pages.edition else { return }
            let place = state.place(of: organization)
            state.made[place] = Made(edition: pages.edition(of: place), catalog: catalog)
        }
        return catalog
    }
}

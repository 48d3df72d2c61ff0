// SPDX-License-Identifier: Apache-2.0

import APIServer
import Resources
import Testing

@Suite("Negotiation")
struct NegotiationTests {
    static let accepted: [(String?, AnswerForm)] = [
        (nil, .objects),
        ("*/*", .objects),
        ("application/yaml", .objects),
        ("text/html, application/json;q=0.5", .objects),
        ("application/vnd.kubernetes.protobuf,application/json", .objects),
        ("application/json;as=Table;v=v1;g=meta.k8s.io,application/json", .table(version: "v1")),
        ("application/json; as=Table; v=v1beta1; g=meta.k8s.io", .table(version: "v1beta1")),
        ("application/json;as=Table;v=v9;g=meta.k8s.io,application/json", .objects),
        ("application/json;q=0.1, application/json;as=Table;v=v1;g=meta.k8s.io", .table(version: "v1")),
        ("application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io", .metadata),
        ("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", .metadataList),
    ]

    @Test("the best form that can be made is chosen", arguments: accepted)
    func chooses(_ header: String?, _ form: AnswerForm) throws {
        #expect(try AnswerForm.negotiated(header) == form)
    }

    @Test("YAML is for who likes it best")
    func yaml() {
        #expect(AnswerForm.isYAML("application/yaml"))
        #expect(AnswerForm.isYAML("application/json;q=0.5, application/yaml"))
        #expect(!AnswerForm.isYAML("application/json, application/yaml"))
        #expect(!AnswerForm.isYAML(nil))
    }

    @Test(
        "what cannot be made is refused with 406",
        arguments: [
            "text/html", "application/json;as=Table;v=v9;g=meta.k8s.io", "application/vnd.kubernetes.protobuf",
            "application/json;q=0", "application/yaml;as=Table;v=v1;g=meta.k8s.io",
        ])
    func refuses(_ header: String) {
        #expect { try AnswerForm.negotiated(header) } throws: { ($0 as? APIError)?.reason == .notAcceptable }
    }

    @Test("a query is decoded once, and a plus sign is a space")
    func query() throws {
        let query = try Query("labelSelector=app+in+%28a%2Cb%29&limit=5&dryRun=All&dryRun=&flag&watch=false")
        #expect(query["labelSelector"] == "app in (a,b)")
        #expect(try query.integer("limit") == 5)
        #expect(query.all("dryRun") == ["All", ""])
        #expect(query.flag("flag") && !query.flag("watch") && !query.flag("absent"))
        #expect(query["absent"] == nil)
    }

    @Test("nonsense in a query is a bad request", arguments: ["a=%", "a=%4", "a=%zz", "%ff=1"])
    func badQuery(_ text: String) {
        #expect { try Query(text) } throws: { ($0 as? APIError)?.reason == .badRequest }
    }
}

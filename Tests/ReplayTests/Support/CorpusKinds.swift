// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONTree

/// The kinds that the recorded cases are about: namespaced widgets and cluster-wide gadgets.
enum CorpusKinds {
    static let definitionsPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    /// What answers once both are served.
    static let paths = ["/apis/corpus.example.org/v1/widgets", "/apis/corpus.example.org/v1alpha1/gadgets"]

    static let definitions: [JSON] = {
        let file = URL(filePath: #filePath).appending(path: "../../kinds.json").standardizedFileURL
        let bytes = (try? Data(contentsOf: file)).map { [UInt8]($0) } ?? []
        return (try? JSON(parsing: bytes))?.array ?? []
    }()
}

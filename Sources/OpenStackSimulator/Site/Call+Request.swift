// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import JSONTree
import Serving

extension Call {
    init(_ request: Request, _ bytes: [UInt8], now: Date) {
        self.init(method: request.method.rawValue, path: request.path, now: now)
        query = request.query.split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (parts[0].percentDecoded, parts.count > 1 ? parts[1].percentDecoded : "")
        }
        body = (try? JSON(parsing: bytes)) ?? .null
        for field in request.headers { headers[field.name.canonicalName] = field.value }
    }
}

// SPDX-License-Identifier: Apache-2.0

extension Run {
    mutating func loop(_ loop: Node.Loop) throws(EvaluationError) -> Value {
        let range = try value(of: loop.range)
        switch loop.macro {
        case .all: return .bool(try decide(loop, range, ends: false))
        case .exists: return .bool(try decide(loop, range, ends: true))
        case .existsOne: return .bool(try count(loop, range) == 1)
        case .filter, .map, .transformList: return try list(loop, range)
        case .transformMap: return try map(loop, range)
        case .optMap, .optFlatMap: return try optional(loop, range)
        }
    }

    /// Walks the range with its variables set; stops when the body says so.
    private mutating func walk(
        _ loop: Node.Loop, _ range: Value,
        _ body: (inout Run, _ isFirstOfPair: Value) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) {
        switch range {
        case .list(let list):
            for index in list.indices {
                let element = list[index]
                guard try step(loop, .int(Int64(index)), element, single: element, body) else { return }
            }
        case .map(let map):
            try spend(map.count / 10)
            for (key, value) in map.entries {
                guard try step(loop, key, value, single: key, body) else { return }
            }
        default: throw .noSuchOverload
        }
    }

    private mutating func step(
        _ loop: Node.Loop, _ first: Value, _ second: Value, single: Value,
        _ body: (inout Run, Value) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) -> Bool {
        try spend(3)
        if loop.places.count == 2 {
            assign(first, to: loop.places[0])
            assign(second, to: loop.places[1])
            return try body(&self, first)
        }
        assign(single, to: loop.places[0])
        return try body(&self, single)
    }

    /// One element that ends the question answers it, even when others failed.
    private mutating func decide(_ loop: Node.Loop, _ range: Value, ends: Bool) throws(EvaluationError) -> Bool {
        var failure: EvaluationError?
        var isDecided = false
        try walk(loop, range) { (run, _) throws(EvaluationError) in
            do throws(EvaluationError) {
                isDecided = try run.condition(loop.bodies[0]) == ends
            } catch {
                if error.reason == .costLimit { throw error }
                failure = failure ?? error
            }
            return !isDecided
        }
        if isDecided { return ends }
        if let failure { throw failure }
        return !ends
    }

    private mutating func count(_ loop: Node.Loop, _ range: Value) throws(EvaluationError) -> Int {
        var count = 0
        try walk(loop, range) { (run, _) throws(EvaluationError) in
            if try run.condition(loop.bodies[0]) { count += 1 }
            return true
        }
        return count
    }

    /// Whether the element at hand passes the loop's filter, if it has one.
    private mutating func isWanted(_ loop: Node.Loop) throws(EvaluationError) -> Bool {
        guard loop.macro == .filter || loop.bodies.count == 2 else { return true }
        return try condition(loop.bodies[0])
    }

    private mutating func list(_ loop: Node.Loop, _ range: Value) throws(EvaluationError) -> Value {
        var result: [Value] = []
        try walk(loop, range) { (run, element) throws(EvaluationError) in
            guard try run.isWanted(loop) else { return true }
            try run.spend(1)
            if loop.macro == .filter {
                result.append(element)
            } else if let body = loop.bodies.last {
                result.append(try run.value(of: body))
            }
            return true
        }
        return .list(result)
    }

    private mutating func map(_ loop: Node.Loop, _ range: Value) throws(EvaluationError) -> Value {
        var result: [(MapKey, Value)] = []
        try walk(loop, range) { (run, first) throws(EvaluationError) in
            guard let body = loop.bodies.last, let key = MapKey(first) else { throw .noSuchOverload }
            guard try run.isWanted(loop) else { return true }
            result.append((key, try run.value(of: body)))
            return true
        }
        guard let map = MapValue(result) else { throw EvaluationError("Failed with repeated key") }
        return .map(map)
    }

    private mutating func optional(_ loop: Node.Loop, _ range: Value) throws(EvaluationError) -> Value {
        guard case .optional(let content) = range, let body = loop.bodies.last else { throw .noSuchOverload }
        guard let content else { return range }
        assign(content, to: loop.places[0])
        let result = try value(of: body)
        return loop.macro == .optMap ? .optional(result) : result
    }
}

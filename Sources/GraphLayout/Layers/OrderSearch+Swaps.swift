// Moves of single items, each of which takes crossings away.
extension OrderSearch {
    /// Moves each item to where it crosses least within its layer, until that takes no crossing away.
    mutating func siftAll(_ limit: Int) {
        for _ in 0..<6 {
            var hasGained = false
            for layer in 0..<order.layerCount where work < limit {
                if sift(layer) { hasGained = true }
            }
            if !hasGained { return }
        }
    }

    private mutating func sift(_ layer: Int) -> Bool {
        let count = order.range(layer).count
        guard count > 2 else { return false }
        gather(layer)
        var hasGained = false
        for item in Array(order[layer]) {
            let place = Int(order.places[Int(item)])
            var (target, most) = (place, 0)
            var gain = 0
            for other in (0..<place).reversed() {
                let passed = order.items[order.starts[layer] + other]
                if isAnchored[Int(item)] && isAnchored[Int(passed)] { break }
                gain += gainOfSwap(layer, Int(passed), Int(item))
                if gain > most { (target, most) = (other, gain) }
            }
            gain = 0
            for other in place + 1..<max(place + 1, count) {
                let passed = order.items[order.starts[layer] + other]
                if isAnchored[Int(item)] && isAnchored[Int(passed)] { break }
                gain += gainOfSwap(layer, Int(item), Int(passed))
                if gain > most { (target, most) = (other, gain) }
            }
            guard most > 0 else { continue }
            hasGained = true
            for step in stride(from: place, to: target, by: target > place ? 1 : -1) {
                order.swap(layer, target > place ? step : step - 1)
            }
        }
        return hasGained
    }

    /// Swaps neighbours until that takes no crossing away in any layer.
    mutating func transposeAll() {
        var isOpen = [Bool](repeating: true, count: order.layerCount)
        for round in 0..<8 {
            var hasChanged = false
            for layer in 0..<order.layerCount where isOpen[layer] {
                isOpen[layer] = false
                guard transpose(layer, turning: isTurning && round == 0) else { continue }
                hasChanged = true
                for near in max(0, layer - 1)...min(layer + 1, order.layerCount - 1) { isOpen[near] = true }
            }
            if !hasChanged { return }
        }
    }

    /// Swaps neighbours of a layer as long as that takes crossings away; whether it did.
    private mutating func transpose(_ layer: Int, turning: Bool) -> Bool {
        let count = order.range(layer).count
        guard count > 1 else { return false }
        var hasGained = false
        gather(layer)
        for pass in 0..<4 {
            var hasSwapped = false
            for place in 0..<count - 1 {
                let first = Int(order.items[order.starts[layer] + place])
                let second = Int(order.items[order.starts[layer] + place + 1])
                if isAnchored[first] && isAnchored[second] { continue }
                let gain = gainOfSwap(layer, first, second)
                if gain > 0 || gain == 0 && turning && pass == 0 {
                    if gain > 0 { hasGained = true }
                    order.swap(layer, place)
                    hasSwapped = true
                }
            }
            if !hasSwapped { break }
        }
        return hasGained
    }

    /// Crossings of two items' lines, less those when the second comes first. Their layer was gathered.
    private mutating func gainOfSwap(_ layer: Int, _ first: Int, _ second: Int) -> Int {
        var gain = 0
        if layer > 0 { gain += gainOfSwap(placesAbove, above.range(first), above.range(second)) }
        if layer + 1 < order.layerCount { gain += gainOfSwap(placesBelow, below.range(first), below.range(second)) }
        return gain
    }

    /// Crossings of two items' lines as they are, less those when they have changed places.
    private mutating func gainOfSwap(_ places: [Int32], _ first: Range<Int>, _ second: Range<Int>) -> Int {
        work += first.count + second.count
        var gain = 0
        // For each of the first's, the second's that are below it, and those that are not beyond it.
        var (under, upTo) = (second.lowerBound, second.lowerBound)
        for at in first {
            let place = places[at]
            while under < second.upperBound, places[under] < place { under += 1 }
            while upTo < second.upperBound, places[upTo] <= place { upTo += 1 }
            gain += under - second.lowerBound
            gain -= second.upperBound - upTo
        }
        return gain
    }

    /// Sorts the places of what a layer's items lead to and come from.
    private mutating func gather(_ layer: Int) {
        if layer > 0 { gatherAbove(layer) }
        if layer + 1 < order.layerCount { gatherBelow(layer) }
    }

    mutating func gatherBelow(_ layer: Int) {
        for item in order[layer] { filled[Int(item)] = 0 }
        for (place, item) in order[layer + 1].enumerated() {
            for source in above[Int(item)] {
                placesBelow[below.range(Int(source)).lowerBound + Int(filled[Int(source)])] = Int32(place)
                filled[Int(source)] += 1
                work += 1
            }
        }
    }

    private mutating func gatherAbove(_ layer: Int) {
        for item in order[layer] { filled[Int(item)] = 0 }
        for (place, item) in order[layer - 1].enumerated() {
            for target in below[Int(item)] {
                placesAbove[above.range(Int(target)).lowerBound + Int(filled[Int(target)])] = Int32(place)
                filled[Int(target)] += 1
                work += 1
            }
        }
    }
}

package git

// place is where an object lies.
type place struct {
	pack   *pack
	offset int64
}

// objectCache keeps what was read lately in two generations, of which the older is
// dropped when the younger is full. It holds the bases of deltas and the trees of the
// previous commit, which make the next comparison cheap.
type objectCache struct {
	young, old map[place]object
	size, most int // bytes in young, and after how many it is old
}

// cacheBytes is the size of a generation. A quarter of it does nearly as well;
// four times as much costs memory and saves no time. To use the memory of trees that
// were dropped again halves what is allocated and saves no time either: the collector
// runs as often, for what lasts then lies scattered.
const cacheBytes = 8 << 20

func (c *objectCache) get(p place) (object, bool) {
	if o, ok := c.young[p]; ok {
		return o, true
	}
	o, ok := c.old[p]
	if ok {
		c.put(p, o)
	}
	return o, ok
}

func (c *objectCache) put(p place, o object) {
	if len(o.data) > c.most/8 {
		return
	}
	if c.young == nil || c.size > c.most {
		c.old, c.young, c.size = c.young, map[place]object{}, 0
	}
	c.young[p] = o
	c.size += len(o.data) + 64
}

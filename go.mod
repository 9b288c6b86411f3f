module suqiu

go 1.26

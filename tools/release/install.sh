#!/bin/sh
# 从本文件夹安装或者升级 suqiu，不用网络：
#
#   sh install.sh [--root 目录]
#
# 有 dpkg 的系统装 .deb，有 rpm 的装 .rpm，都没有的解压到 /usr/local；不是 root 的，装到自己的
# ~/.local。--root 装进另一个系统的根目录（容器、镜像）。先核对每个文件的校验和，不对的一个也不装。
set -eu

root=
case ${1-} in
--root)
	if [ ! -d "${2-}" ] || [ "$(id -u)" -ne 0 ]; then
		echo "--root 要以 root 运行，后面写一个已有的目录" >&2
		exit 2
	fi
	root=$(cd "$2" && pwd)
	;;
'') ;;
*)
	echo "用法：sh install.sh [--root 目录]" >&2
	exit 2
	;;
esac

cd "$(dirname "$0")"
if ! sha256sum -c --quiet SHA256SUMS; then
	echo "文件不完整或者被改动过：请重新拷贝整个文件夹，或者向提供的人索取" >&2
	exit 1
fi

# The names of a processor: uname's and RPM's, Debian's, ours.
case $(uname -m) in
x86_64 | amd64) rpm=x86_64 deb=amd64 ;;
aarch64 | arm64) rpm=aarch64 deb=arm64 ;;
loongarch64) rpm=loongarch64 deb=loong64 ;;
*)
	echo "没有 $(uname -m) 的程序；有 x86_64、aarch64、loongarch64 的" >&2
	exit 1
	;;
esac

# A system is asked what it is made of, not what programs lie about: Debian has
# an rpm too. An old LoongArch calls itself otherwise and gets the archive.
if [ "$(id -u)" -ne 0 ]; then
	to=$HOME/.local
	mkdir -p "$to"
	tar -xzf suqiu-*-linux-$deb.tar.gz -C "$to"
elif [ -s "$root/var/lib/dpkg/status" ] && [ "$(dpkg --root="${root:-/}" --print-architecture)" = $deb ]; then
	to=/usr
	dpkg --root="${root:-/}" -i suqiu_*_$deb.deb
elif command -v rpm >/dev/null && [ ! -s "$root/var/lib/dpkg/status" ]; then
	to=/usr
	rpm --root="${root:-/}" -U --oldpackage --replacepkgs suqiu-*.$rpm.rpm
else
	to=/usr/local
	mkdir -p "$root$to"
	tar -xzf suqiu-*-linux-$deb.tar.gz -C "$root$to"
fi

"$root$to/bin/suqiu" --version
command -v git >/dev/null || echo "还没有 Git：克隆、推送和钩子要用，请从本单位的软件源安装"
case :$PATH: in
*:"$to/bin":*) ;;
*) echo "请把 $to/bin 加到 PATH" ;;
esac
echo "已装到 $root$to。接着：新单位 suqiu init，升级的 suqiu doctor"

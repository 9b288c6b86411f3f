#!/bin/bash
# A new bureau's first hour, without a network: from the offline bundle to a site
# that a web server gives out, with the hook in its place and the first case of
# the bureau landed. Run as root on a fresh system that has git, nginx and curl
# from its own packages; the argument is the folder of the unpacked bundle.
# Prints how long each step took.
set -euo pipefail
bundle=$1
export LC_ALL=C.UTF-8

began=$(date +%s%N) last=$began
step() { # what was done since the last one
	local now
	now=$(date +%s%N)
	printf '%6d ms  %s\n' $(((now - last) / 1000000)) "$*"
	last=$now
}

quietly() { # what it says is of interest only when it fails
	local said
	said=$("$@" 2>&1) || {
		printf '%s: exit %d\n%s\n' "$*" $? "$said" >&2
		exit 1
	}
}

step_of() { # FOLDER: the branch that the last step there was put on
	git -C "$1" for-each-ref --sort=-committerdate --count=1 --format='%(refname:short)' refs/heads/suqiu/
}

land() { # FOLDER: the step taken there goes to the server and the office merges it
	local branch
	branch=$(step_of "$1")
	quietly suqiu -C "$1" check --ref "$branch" --base origin/main
	git -C "$1" push -q origin "$branch"
	git fetch -q
	git merge -q --no-ff -m "合并：$branch" "origin/$branch"
	git push -q origin main
}

served() { # PAGE WORD: the web server gives out a page that says so
	case $(curl -fsS "http://127.0.0.1:8080/$1") in
	*"$2"*) ;;
	*)
		echo "$1 does not say $2" >&2
		exit 1
		;;
	esac
}

person() { # NAME ADDRESS FOLDER: a clone of somebody's own
	git clone -q /srv/git/cases.git "$3"
	git -C "$3" config user.name "$1"
	git -C "$3" config user.email "$2"
	quietly suqiu -C "$3" hook install
}

quietly sh "$bundle/install.sh"
suqiu --version | grep -q '^提交：[0-9a-f]\{40\}$'
step "install.sh"

git config --global user.name 王办
git config --global user.email wang@nsfwk.example
git config --global init.defaultBranch main
quietly suqiu init /root/cases
cd /root/cases
sed -i 's/^    # 邮箱:/    邮箱:/' suqiu.yaml # each unit's own suffix, as init proposes it
git commit -qam "登记各单位的邮箱"
quietly suqiu check
step "init, mail addresses, check"

git init -q --bare /srv/git/cases.git
quietly suqiu -C /srv/git/cases.git hook install
git remote add origin /srv/git/cases.git
git push -q origin main
step "bare repository with the hook, first push"

person 李联络 li@nfzx.example /home/li
quietly suqiu -C /home/li new 渠道=12366热线 性质=诉求 标题=发票额度调整审核无进度提示 收集日期="$(date +%F)" \
	诉求内容=某个体户申请调增发票额度，三日未见进度，希望明确时限并提示进度。
land /home/li
step "a liaison registers a case, the office merges it"

id=$(basename cases/*/*/*-NFZX-*.md .md)
quietly suqiu step "$id" 推送 任务清单="RW$(date +%Y%m)-01" 办理类别=系统技术类 涉及面=中 影响度=中 复杂度=低 \
	紧急程度=一般 承办单位=信息中心
land /root/cases
step "the office analyses it and sends it to a unit"

person 张接收 zhang@xxzx.example /home/zhang
quietly suqiu -C /home/zhang step "$id" 接收
land /home/zhang
step "the unit accepts it"

if git -C /home/li push -q origin "+$(step_of /home/li):main" 2>/dev/null; then
	echo "the hook let the main branch be rewritten" >&2
	exit 1
fi
step "the hook refuses what rewrites the main branch"

suqiu build -q --out /srv/www/site
cat >/etc/nginx/sites-enabled/default <<'NGINX'
server { listen 127.0.0.1:8080; root /srv/www/site; error_page 404 /404.html; }
NGINX
nginx
served index.html 税费服务诉求
served search.html 查询
served "cases/$id.html" 发票额度调整审核无进度提示
nginx -s stop 2>/dev/null
step "site built and served ($(find /srv/www/site -type f | wc -l) files)"
last=$began
step "all of it"

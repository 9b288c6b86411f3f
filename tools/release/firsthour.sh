#!/bin/bash
# 新单位的第一个小时，不用网络：从离线安装包到网页服务器上的网站，钩子装好，第一件事项登记、推送、接收。
# 在一台不用的、刚装好的系统上以 root 运行（要有 git、nginx、curl，会写 /root、/home、/srv 和 nginx 的设置），
# 每一步打印用了多少毫秒。照着做的，次序就是这个次序。
set -euo pipefail
bundle=$(cd "$(dirname "$0")" && pwd)
export LC_ALL=C.UTF-8

began=$(date +%s%N) last=$began
step() { # what was done since the last one
	local now
	now=$(date +%s%N)
	printf '%6d 毫秒  %s\n' $(((now - last) / 1000000)) "$*"
	last=$now
}

quietly() { # what it says is of interest only when it fails
	local said
	said=$("$@" 2>&1) || {
		printf '%s：退出码 %d\n%s\n' "$*" $? "$said" >&2
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
		echo "网页 $1 上没有“$2”" >&2
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
step "安装"

git config --global user.name 王办
git config --global user.email wang@nsfwk.example
git config --global init.defaultBranch main
quietly suqiu init /root/cases
cd /root/cases
sed -i 's/^    # 邮箱:/    邮箱:/' suqiu.yaml # each unit's own suffix, as init proposes it
git commit -qam "登记各单位的邮箱"
quietly suqiu check
step "新建仓库，登记邮箱，检查"

git init -q --bare /srv/git/cases.git
quietly suqiu -C /srv/git/cases.git hook install
git remote add origin /srv/git/cases.git
git push -q origin main
step "服务器上的仓库和钩子，第一次推送"

person 李联络 li@nfzx.example /home/li
quietly suqiu -C /home/li new 渠道=12366热线 性质=诉求 标题=发票额度调整审核无进度提示 收集日期="$(date +%F)" \
	诉求内容=某个体户申请调增发票额度，三日未见进度，希望明确时限并提示进度。
land /home/li
step "联络员登记一件，联席办合并"

id=$(basename cases/*/*/*-NFZX-*.md .md)
quietly suqiu step "$id" 推送 任务清单="RW$(date +%Y%m)-01" 办理类别=系统技术类 涉及面=中 影响度=中 复杂度=低 \
	紧急程度=一般 承办单位=信息中心
land /root/cases
step "联席办分析、推送给承办单位"

person 张接收 zhang@xxzx.example /home/zhang
quietly suqiu -C /home/zhang step "$id" 接收
land /home/zhang
step "承办单位接收"

if git -C /home/li push -q origin "+$(step_of /home/li):main" 2>/dev/null; then
	echo "钩子让人改写了主分支" >&2
	exit 1
fi
step "钩子拒绝改写主分支"

suqiu build -q --out /srv/www/site
cat >/etc/nginx/sites-enabled/default <<'NGINX'
server { listen 127.0.0.1:8080; root /srv/www/site; error_page 404 /404.html; }
NGINX
nginx
served index.html 税费服务诉求
served search.html 查询
served "cases/$id.html" 发票额度调整审核无进度提示
nginx -s stop 2>/dev/null
step "生成网站，nginx 打开（$(find /srv/www/site -type f | wc -l) 个文件）"
last=$began
step "合计"
